import { describe, expect, it } from 'vitest';
import { en } from '@/lib/i18n/en';
import { fr } from '@/lib/i18n/fr';
import { composeWords } from './compose-notice';
import { kindOf, reminderOf, waysOf } from './rules';
import { type NoticeCode, noticeCodes } from './schema';

const params = {
  prospect: 'Delorme Agathe',
  lot: 'A101',
  programme: 'Les Terrasses du Canal',
  rank: 1,
  until: '2026-11-26T13:30:00.000Z',
  before: 35_250_000,
  after: null,
};

describe('the words of a notice', () => {
  it.each(['fr', 'en'] as const)('say in %s all that can be told, with no gap and no brace', (locale) => {
    for (const code of noticeCodes) {
      const { title, text } = composeWords({ code, params }, locale);
      expect(`${title} ${text}`).not.toMatch(/[{}]|undefined|null| {2}/);
    }
    expect(Object.keys({ fr, en }[locale].notifications.told).sort()).toEqual([...noticeCodes].sort());
  });

  it('give the exact half hour in Paris, and prices as people write them', () => {
    expect(composeWords({ code: 'option-placed', params }, 'fr')).toEqual({
      title: 'Option de rang 1 posée sur le lot A101',
      text: 'Pour Delorme Agathe, Les Terrasses du Canal. Elle expire le jeu. 26 nov. à 14:30.',
    });
    expect(composeWords({ code: 'lot-price', params }, 'fr').text).toBe(
      'Les Terrasses du Canal\u00a0: de 352\u00a0500\u00a0€ à prix non communiqué.',
    );
  });
});

it('names no rank of an option while Koban has not shown it', () => {
  const unranked = { ...params, rank: null };
  expect(composeWords({ code: 'option-placed', params: unranked }, 'fr').title).toBe(
    'Option posée sur le lot A101, rang à confirmer',
  );
  expect(composeWords({ code: 'resolved-placed', params: unranked }, 'fr').text).toContain(
    'est bien en cours, son rang reste à confirmer.',
  );
});

describe('the ways of a notice', () => {
  const own = { sawIt: false, others: false };
  it('are the portal’s own until one chooses', () => {
    expect(waysOf('option-ending-hours', {}, own)).toEqual({ portal: true, mail: true, push: true });
    expect(waysOf('lot-price', {}, own)).toEqual({ portal: true, mail: false, push: false });
  });

  it('are the person’s choice, by kind', () => {
    const choices = { 'option-expiring': { portal: false, mail: false, push: true } };
    expect(waysOf('option-ending-day', choices, own)).toEqual({ portal: false, mail: false, push: true });
    expect(waysOf('option-expired', choices, own)).toEqual({ portal: true, mail: true, push: true });
  });

  it('leave the mail alone of an answer that the person read on screen', () => {
    const sawIt = { sawIt: true, others: false };
    expect(waysOf('option-placed', {}, sawIt)).toEqual({ portal: false, mail: true, push: false });
    // One’s own cancellation is no news.
    expect(waysOf('option-cancelled-partner', {}, sawIt)).toEqual({
      portal: false,
      mail: false,
      push: false,
    });
  });

  it('are for a colleague’s act what both the kind and « cabinet » allow', () => {
    const others = { sawIt: false, others: true };
    expect(waysOf('option-expired', {}, others)).toEqual({ portal: true, mail: false, push: false });
    const all = { cabinet: { portal: true, mail: true, push: true } };
    expect(waysOf('denonciation-refused', all, others)).toEqual({ portal: true, mail: false, push: false });
    expect(waysOf('option-expired', all, others)).toEqual({ portal: true, mail: true, push: true });
  });

  it('are known for everything that can be told', () => {
    expect(Object.keys(kindOf).sort()).toEqual([...noticeCodes].sort());
  });
});

describe('a reminder', () => {
  const end = new Date('2026-11-26T13:30:00Z');
  const hoursBefore = (hours: number) => new Date(end.getTime() - hours * 3_600_000);
  it.each([
    [72, 24.01, null],
    [72, 24, 'option-ending-day'],
    [72, 2.01, 'option-ending-day'],
    [72, 2, 'option-ending-hours'],
    [72, 0.01, 'option-ending-hours'],
    [72, 0, null],
    // Placed for less than that: its end was told when it was placed.
    [24, 23, null],
    [24, 2, 'option-ending-hours'],
    [2, 1, null],
  ] as [number, number, NoticeCode | null][])(
    'of an option of %d h, %d h before its end: %s',
    (life, left, code) => {
      expect(reminderOf({ placedAt: hoursBefore(life), expiresAt: end }, hoursBefore(left))).toBe(code);
    },
  );
});
