import { expect, it } from 'vitest';
import { en } from '@/lib/i18n/en';
import { fr } from '@/lib/i18n/fr';
import { type FactWords, factsLine, faultKey, type SentWords, sentLines, systemKey } from './rules';

const wordsOf = ({ admin, acts }: typeof fr): FactWords => ({
  name: (key) => admin.journal.factNames[key],
  value: (key) => admin.journal.factValues[key],
  code: (key) => acts.codes[key],
  result: (key) => admin.journal.lotResults[key],
  instant: (at) => `<${at.toISOString()}>`,
  yes: admin.journal.yes,
  no: admin.journal.no,
});

it('writes what an act keeps in the reader’s words, codes and ids apart', () => {
  const facts = {
    lot: 'TDC-L105',
    operation: '01a20eae-0000-7000-8000-000000000000',
    proof: 'answer',
    code: 'lot-full',
    interrupted: true,
    rank: null,
    third: 'ABC',
  };
  expect(factsLine(facts, wordsOf(fr))).toBe(
    'lot TDC-L105 · preuve réponse de Koban · motif Deux options sont déjà en cours sur ce lot, le maximum. · interrompu oui · third ABC',
  );
  expect(factsLine({ proof: 'reading' }, wordsOf(en))).toMatch(/read back$/);
  expect(factsLine(null, wordsOf(fr))).toBe('');
});

it('writes what a reading found: the lot as Koban shows it, and the instants of ends', () => {
  const facts = { result: -2, maxRank: 1, endDate: '2026-11-25T10:30:00.000Z' };
  expect(factsLine(facts, wordsOf(fr))).toBe(
    'réponse lot préréservé · rangs pris 1 · fin du rang 1 <2026-11-25T10:30:00.000Z>',
  );
  // A value that Koban does not document is shown as it came.
  expect(factsLine({ result: 7 }, wordsOf(fr))).toBe('réponse 7');
});

const sentWords = ({ admin, acts }: typeof fr): SentWords => ({
  name: (key) => admin.uncertain.values.names[key],
  gender: (key) => admin.uncertain.values.gender[key],
  source: (key) => acts.source[key],
  cents: (cents) => `${cents / 100} €`,
  instant: (at) => at.toISOString(),
  day: (at) => at.toISOString().slice(0, 10),
  rate: (code) => `${code} %`,
  yes: admin.journal.yes,
  no: admin.journal.no,
});

it('writes what was sent to Koban in words, each value by its nature, and nothing that was left empty', () => {
  const sent = {
    ...{ lotExtcode: 'TDC-L105', priceCents: 35_250_050, annexesCents: [1_500_000, 800_000], vat: '20' },
    preresvAt: new Date('2026-11-25T10:30:00Z'),
    buyer: {
      gender: 'MME',
      name: 'Lefèvre',
      birthDay: { year: 1984, month: 2, day: 29 },
      companyName: undefined,
    },
    secondBuyer: undefined,
    financing: { severalLoans: false, ptzCents: undefined },
    ...{ marketingSource: 'network', rooms: [], optionsText: undefined },
  };
  expect(sentLines(sent, sentWords(fr))).toEqual([
    {
      group: null,
      lines: [
        { name: 'Lot', value: 'TDC-L105' },
        { name: 'Prix de vente', value: '352500.5 €' },
        { name: 'Annexes', value: '15000 €, 8000 €' },
        { name: 'Taux de TVA', value: '20 %' },
        { name: 'Date de préréservation', value: '2026-11-25T10:30:00.000Z' },
        { name: 'Origine du contact', value: 'Recommandation' },
      ],
    },
    {
      group: 'buyer',
      lines: [
        { name: 'Civilité', value: 'Madame' },
        { name: 'Nom', value: 'Lefèvre' },
        { name: 'Date de naissance', value: '1984-02-29' },
      ],
    },
    { group: 'financing', lines: [{ name: 'Plusieurs prêts immobiliers', value: 'non' }] },
  ]);
});

it('names what acts by itself, and no person that bears the same name', () => {
  expect(systemKey('system', 'recovery')).toBe('recovery');
  expect(systemKey('system', 'unheard-of')).toBeNull();
  expect(systemKey('partner', 'recovery')).toBeNull();
});

it.each([
  ['unreachable:dns', 'unreachable'],
  ['unreachable:breaker-open', 'suspended'],
  ['unknown:unauthorised', 'unauthorised'],
  ['unknown:timeout', 'silent'],
  ['unknown:redirected', 'unreadable'],
  ['malformed:shape', 'unreadable'],
  ['programmes:unknown:server-error', 'server-error'],
  ['pages-unsettled', 'unsettled'],
  ['internal', 'internal'],
  ['of-another-version', 'other'],
] as const)('says in words what went wrong with the last reading: %s is « %s »', (fault, key) => {
  expect(faultKey(fault)).toBe(key);
});
