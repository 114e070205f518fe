import { addMonths, parisDay } from '@/lib/core/days';
import { type FileForm, fileFormSchema } from './schema';

/** The day so many months from now, in Paris. */
export const inMonths = (months: number) => addMonths(parisDay(new Date()), months);

/** A complete file as it is typed, for two buyers. */
export const filledFile = (changes: Partial<FileForm> = {}): FileForm =>
  fileFormSchema.parse({
    gender: 'MME',
    lastName: 'Lefèvre',
    firstName: 'Noémie',
    birthDay: '1984-02-29',
    street: '12 quai des Brumes',
    zipCode: '44000',
    city: 'Nantes',
    phone: '06 12 34 56 78',
    email: 'Noemie@Exemple.fr',
    profession: 'CADRE',
    hasSecond: true,
    lastName2: 'Marchand',
    firstName2: 'Hugo',
    birthDay2: '1982-11-03',
    price: '352 500,50',
    deposit: '17 625',
    deedDay: inMonths(10),
    downPayment: '60 000',
    severalLoans: true,
    loan1: '200 000',
    loan2: '50 000',
    hasPtz: true,
    ptz: '40 000',
    vat: '20',
    annex1: '15 000',
    notaryOffered: true,
    notaryFees: '7 000',
    originCode: 'CGP',
    ...changes,
  });
