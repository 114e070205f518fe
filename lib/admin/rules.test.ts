import { expect, it } from 'vitest';
import { en } from '@/lib/i18n/en';
import { fr } from '@/lib/i18n/fr';
import { type FactWords, factsLine, systemKey } from './rules';

const wordsOf = ({ admin, acts }: typeof fr): FactWords => ({
  name: (key) => admin.journal.factNames[key],
  value: (key) => admin.journal.factValues[key],
  code: (key) => acts.codes[key],
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

it('names what acts by itself, and no person that bears the same name', () => {
  expect(systemKey('system', 'recovery')).toBe('recovery');
  expect(systemKey('system', 'unheard-of')).toBeNull();
  expect(systemKey('partner', 'recovery')).toBeNull();
});
