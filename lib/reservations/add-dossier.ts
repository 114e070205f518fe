import { stillPermittedOnHeld } from '@/lib/denonciations/queries';
import { addValidPreresv, type PreresvFile } from '@/lib/koban/preresv';
import { afterSetback } from '@/lib/operations/answers';
import type { OperationRef, Runner } from '@/lib/operations/definition';
import { runOperation } from '@/lib/operations/run';
import { kobanFor } from '@/lib/promoters/queries';
import {
  lookAt,
  provenByWebhook,
  type ReservationPhase,
  type ReservationSaga,
  refusals,
} from './add-preresv';
import { refreshLot } from './refresh-lot';
import {
  dataSchema,
  fileToSend,
  loadReservation,
  type ReservationAct,
  settleDossier,
} from './settle-reservation';

/** Takes up the sending of a complete file from where it stands. */
export async function resumeDossier(runner: Runner, ref: OperationRef, at?: Date): Promise<void> {
  const left = await runOperation(runner, ref, saga, at);
  if (left?.state === 'done' || left?.state === 'refused') await refreshLot(runner, ref, left.lotExtcode);
}

/** The file in the words of Koban's AddValid. */
function onWire({ data, operation, subject }: ReservationAct): PreresvFile {
  const { buyers, price, financing, tax, origin } = fileToSend(subject);
  return {
    lotExtcode: operation.lotExtcode ?? '',
    thirdGuid: data.thirdGuid,
    preresvAt: subject.preresvAt ?? subject.createdAt,
    priceCents: price.price,
    guaranteeCents: price.deposit,
    annexesCents: [tax.annex1, tax.annex2, tax.annex3, tax.annex4, tax.annex5],
    optionsText: tax.optionsText,
    vat: tax.vat,
    buyer: {
      gender: buyers.gender,
      name: buyers.lastName,
      firstName: buyers.firstName,
      birthDay: buyers.birthDay,
      companyName: buyers.companyName,
      street: buyers.street,
      addressComplement: buyers.addressMore,
      zipCode: buyers.zipCode,
      city: buyers.city,
      phone: buyers.phone,
      email: buyers.email,
      professionCode: buyers.profession,
    },
    secondBuyer: buyers.hasSecond
      ? {
          name: buyers.lastName2,
          firstName: buyers.firstName2,
          birthDay: buyers.birthDay2,
          street: buyers.street2,
          zipCode: buyers.zipCode2,
          city: buyers.city2,
          phone: buyers.phone2,
          email: buyers.email2,
          professionCode: buyers.profession2,
        }
      : undefined,
    financing: {
      downPaymentCents: financing.downPayment,
      severalLoans: financing.severalLoans,
      loan1Cents: financing.loan1,
      loan2Cents: financing.severalLoans ? financing.loan2 : undefined,
      ptzCents: financing.hasPtz ? financing.ptz : undefined,
      notaryFeesOfferedCents: tax.notaryOffered ? tax.notaryFees : undefined,
    },
    originCode: origin.originCode,
    saleChannelCode: origin.saleChannelCode,
    purchaseKindCode: origin.purchaseKindCode,
  };
}

const dossier: ReservationPhase = {
  repeatable: false,
  asks: onWire,
  async run(koban, act) {
    const outcome = await addValidPreresv(koban, onWire(act));
    if (outcome.kind === 'done') return { step: 'done', ending: { to: 'done', proof: 'answer' } };
    const refused = outcome.kind === 'refused' ? refusals[outcome.code] : 'koban-refused';
    return afterSetback(outcome, { refused, unknown: 'dossier-unknown' });
  },
  /** Koban has no reading of a file: its validation webhook, or the promoter's staff, can tell. The lot is read for the screens. */
  async readBack(koban, act) {
    const told = provenByWebhook(act, ['validated']);
    if (told) return told;
    const seen = await lookAt(koban, act);
    const turn = seen.kind === 'done' ? seen.turn : { step: seen.kind };
    return { ...turn, ending: { to: 'uncertain', code: 'dossier-unknown' } };
  },
};

/** Sending a complete file, as a saga. */
export const saga: ReservationSaga = {
  data: dataSchema,
  connect: kobanFor,
  load: loadReservation,
  phases: { dossier },
  permits: stillPermittedOnHeld,
  lapse: (_act, code) => ({ to: 'unsent', code }),
  settle: settleDossier,
};
