import { describe, expect, it } from 'vitest';
import { kobanListsSchema } from '@/lib/promoters/schema';
import {
  addMonths,
  choicesOf,
  depositCap,
  fileRows,
  fundingOf,
  heldOn,
  judgeDesistReading,
  judgePreresvReading,
  labelOfKoban,
  listedOnly,
  nextActs,
  noPreresv,
  parisDay,
  readDay,
  unlisted,
  vatRatesOn,
  vatWithin,
} from './rules';
import { filledFile } from './testing';

const price = 35_250_099;

describe('the cap of a deposit', () => {
  it.each([
    ['the same day', '2026-11-24', 5, 12],
    ['one year to the day', '2027-11-24', 5, 12],
    ['a day more than a year', '2027-11-25', 2, 24],
    ['two years to the day', '2028-11-24', 2, 24],
    ['a day more than two years', '2028-11-25', 0, null],
  ])('%s', (_, deed, percent, withinMonths) => {
    const cap = depositCap(price, { signed: '2026-11-24', deed });
    expect(cap).toEqual({
      percent,
      withinMonths,
      capCents: Math.floor((price * percent) / 100),
      source: 'CCH, art. R261-28',
    });
  });

  it('rounds down to the cent, and counts a year from 29 February to the 28th', () => {
    expect(depositCap(99, { signed: '2028-02-29', deed: '2029-02-28' }).capCents).toBe(4);
    expect(depositCap(99, { signed: '2028-02-29', deed: '2029-03-01' }).percent).toBe(2);
  });

  it('is that of the law of its day', () => {
    const table = [
      { since: '2000-01-01', rate: 1 },
      { since: '2020-01-01', rate: 2 },
    ];
    expect(heldOn(table, '2019-12-31').rate).toBe(1);
    expect(heldOn(table, '2020-01-01').rate).toBe(2);
    expect(heldOn(table, '1990-01-01').rate).toBe(1);
  });
});

it('knows the days of the calendar, in Paris', () => {
  expect(parisDay(new Date('2026-11-23T23:30:00Z'))).toBe('2026-11-24');
  expect(parisDay(new Date('2026-06-30T21:59:59Z'))).toBe('2026-06-30');
  expect(addMonths('2026-12-31', 2)).toBe('2027-02-28');
  expect(addMonths('2026-01-31', 12)).toBe('2027-01-31');
  expect(readDay('2028-02-29')).toEqual({ year: 2028, month: 2, day: 29 });
  for (const none of ['2027-02-29', '2026-13-01', '2026-00-10', '2026-04-31', '26-04-01', '']) {
    expect(readDay(none)).toBeNull();
  }
});

it('finds the tax within a price, and the rates of a day', () => {
  expect(vatWithin(120_000_00, 2000)).toBe(20_000_00);
  expect(vatWithin(105_500_00, 550)).toBe(5_500_00);
  expect(vatWithin(100, 2000)).toBe(17);
  expect(vatRatesOn('2026-11-24').map(({ code }) => code)).toEqual(['20', '10', '5.5']);
  expect(vatRatesOn('2013-12-31')).toEqual([]);
});

it('sums what is to pay and what pays for it', () => {
  const file = { price: 300_000_00, annexes: [15_000_00, null], means: [50_000_00, 200_000_00, null] };
  expect(fundingOf(file)).toEqual({
    totalCents: 315_000_00,
    fundedCents: 250_000_00,
    missingCents: 65_000_00,
  });
  expect(fundingOf({ price: null, annexes: [], means: [1] }).missingCents).toBe(-1);
});

const minutes = 60_000;

it('never takes a lot that is pre-reserved for ours, and says « no trace » after fifteen minutes', () => {
  expect(judgePreresvReading('prereserved', 60 * minutes)).toBe('preresv-whose-unknown');
  expect(judgePreresvReading('free', 15 * minutes - 1)).toBe('preresv-unknown');
  expect(judgePreresvReading('free', 15 * minutes)).toBe('preresv-no-trace');
});

it('takes a withdrawal for done once the lot is open again, and by nothing else', () => {
  for (const open of ['free', 'optioned', 'full'] as const) {
    expect(judgeDesistReading(open, 0)).toBe('withdrawn');
    expect(noPreresv(open)).toBeNull();
  }
  for (const closed of ['prereserved', 'unknown-lot', 'unexpected'] as const) {
    expect(judgeDesistReading(closed, 15 * minutes - 1)).toBe('desist-unknown');
    expect(judgeDesistReading(closed, 15 * minutes)).toBe('desist-no-trace');
    expect(noPreresv(closed)).not.toBeNull();
  }
});

const lists = kobanListsSchema.parse({ professions: [{ code: 'CADRE', label: 'Cadre' }] });

it('asks for the codes of the promoter’s own lists only, and reads them back in their words', () => {
  const file = filledFile({ profession: 'CADRE', profession2: 'ROI', originCode: 'CGP' });
  expect(choicesOf('profession2', lists)).toEqual([{ code: 'CADRE', label: 'Cadre' }]);
  expect(choicesOf('saleChannelCode', lists)).toEqual([]);
  expect(unlisted(file, lists)).toEqual(['profession2', 'originCode']);
  const kept = listedOnly(file, lists);
  expect(kept).toEqual({ ...file, profession2: '', originCode: '' });
  const [buyers] = fileRows(kept, lists);
  expect(buyers?.rows).toContainEqual({ field: 'profession', kind: 'text', value: 'Cadre' });
  expect(labelOfKoban('Res1Profession', 'CADRE', lists)).toBe('Cadre');
  expect(labelOfKoban('Res1Profession', 'ROI', lists)).toBe('ROI');
  expect(labelOfKoban('Res1Nom', 'CADRE', lists)).toBe('CADRE');
});

it('reads a file back step by step, less what a choice has made meaningless', () => {
  const file = filledFile({ hasSecond: false, hasPtz: false, city: ' ', birthDay: '1984-02-30' });
  const rows = new Map(fileRows(file, lists).map(({ step, rows }) => [step, rows]));
  const fields = rows.get('buyers')?.map(({ field }) => field);
  expect(fields).not.toContain('lastName2');
  expect(fields).not.toContain('city');
  expect(rows.get('buyers')).toContainEqual({ field: 'birthDay', kind: 'text', value: '1984-02-30' });
  expect(rows.get('financing')).toContainEqual({ field: 'loan2', kind: 'money', cents: 50_000_00 });
  expect(rows.get('financing')?.map(({ field }) => field)).not.toContain('ptz');
  expect(rows.get('tax')).toContainEqual({ field: 'vat', kind: 'rate', value: '20' });
  expect(rows.get('price')).toContainEqual({ field: 'deedDay', kind: 'day', day: expect.any(Date) });
});

it('offers what a state allows, and nothing while an act is under way or in doubt', () => {
  const act = { kind: 'preresv', state: 'done', code: null, kobanMessage: null, nextCheckAt: null } as const;
  expect(nextActs({ state: 'preresv', fileSent: false, act })).toEqual(['fill', 'withdraw']);
  expect(nextActs({ state: 'preresv', fileSent: true, act })).toEqual(['withdraw']);
  expect(nextActs({ state: 'validated', fileSent: true, act })).toEqual(['withdraw']);
  expect(nextActs({ state: 'withdrawn', fileSent: true, act })).toEqual(['reserve-again']);
  for (const state of ['open', 'uncertain'] as const) {
    expect(nextActs({ state: 'preresv', fileSent: false, act: { ...act, state } })).toEqual(['wait']);
  }
});
