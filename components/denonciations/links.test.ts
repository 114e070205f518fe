import { describe, expect, it } from 'vitest';
import { outcomeHref, readOutcome } from './links';

describe('the address of what a form became', () => {
  const outcome = {
    acts: ['0190a1b2-0000-7000-8000-000000000001', '0190a1b2-0000-7000-8000-000000000002'],
    refused: [
      {
        promoter: 'valmont',
        code: 'TDC',
        reason: 'already-ours',
        id: '0190a1b2-0000-7000-8000-000000000003',
      },
      { promoter: 'littoral', code: 'Quai & Sud', reason: 'act-under-way', id: null },
    ],
  };
  const asQuery = (href: string) => {
    const { searchParams } = new URL(href, 'http://parvis.invalid');
    return { acte: searchParams.getAll('acte'), refus: searchParams.getAll('refus') };
  };

  it('is read as it was written', () => expect(readOutcome(asQuery(outcomeHref(outcome)))).toEqual(outcome));

  it('takes one value as well as several, and drops what is cut short', () => {
    expect(readOutcome({ acte: 'x', refus: 'valmont~TDC' })).toEqual({ acts: ['x'], refused: [] });
  });
});
