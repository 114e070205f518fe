import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { kobanDate, readKobanDate, unixSeconds } from './dates';

describe('readKobanDate', () => {
  it.each([
    ['2021-03-22T18:46:18.538', '2021-03-22T17:46:18.538Z', 'iso-local'],
    ['2021-07-22T18:46:18.5381234', '2021-07-22T16:46:18.538Z', 'iso-local'],
    ['2021-03-22 18:46', '2021-03-22T17:46:00.000Z', 'iso-local'],
    ['2021-03-22', '2021-03-21T23:00:00.000Z', 'iso-local'],
    ['2026-03-29T02:30:00', '2026-03-29T01:30:00.000Z', 'iso-local'],
    ['2021-03-22T18:46:18Z', '2021-03-22T18:46:18.000Z', 'iso-zoned'],
    ['2021-03-22T18:46:18+02:00', '2021-03-22T16:46:18.000Z', 'iso-zoned'],
    [1616435178.538, '2021-03-22T17:46:18.538Z', 'unix-seconds'],
    ['1616435178', '2021-03-22T17:46:18.000Z', 'unix-seconds'],
    ['1616435178,5', '2021-03-22T17:46:18.500Z', 'unix-seconds'],
    [1616435178538, '2021-03-22T17:46:18.538Z', 'unix-ms'],
    ['1616435178538', '2021-03-22T17:46:18.538Z', 'unix-ms'],
    ['/Date(1579771515726)/', '2020-01-23T09:25:15.726Z', 'dotnet'],
    ['/Date(1579771515726+0100)/', '2020-01-23T09:25:15.726Z', 'dotnet'],
    ['22/03/2021', '2021-03-21T23:00:00.000Z', 'dd/mm/yyyy'],
    ['22/03/2021 18:46', '2021-03-22T17:46:00.000Z', 'dd/mm/yyyy'],
  ])('%s', (raw, iso, shape) => {
    const read = readKobanDate(raw);
    expect(read).toMatchObject({ shape });
    expect(read.date?.toISOString()).toBe(iso);
  });

  it.each([
    null,
    undefined,
    '',
    '  ',
    0,
    '0',
    '0001-01-01T00:00:00',
    '0001-01-01T00:00:00Z',
    '/Date(-62135596800000)/',
    '01/01/0001',
  ])('reads %s as none', (raw) => expect(readKobanDate(raw)).toMatchObject({ date: null, why: 'empty' }));

  it.each([
    '1970-01-01T00:00:00',
    '1970-01-01T01:00:00Z',
    1,
    3600,
    '1900-01-01',
    '/Date(1)/',
    9e15,
    '2200-01-01T00:00:00',
  ])('reads %s as implausible', (raw) =>
    expect(readKobanDate(raw)).toMatchObject({ date: null, why: expect.stringMatching(/implausible|empty/) }),
  );

  it.each([
    'demain',
    '31/02/2026',
    '2026-13-01',
    '2026-02-30T10:00:00',
    '2026-01-01T25:00:00',
    {},
    [],
    true,
    Number.NaN,
  ])('cannot read %s', (raw) => expect(readKobanDate(raw)).toMatchObject({ date: null, why: 'unreadable' }));

  it('never throws, and never makes a date outside plausible years', () => {
    fc.assert(
      fc.property(
        fc.oneof(fc.anything(), fc.double(), fc.integer(), fc.date().map(String), fc.string()),
        (raw) => {
          const year = kobanDate(raw)?.getUTCFullYear();
          expect(year === undefined || (year >= 1999 && year <= 2099)).toBe(true);
        },
      ),
      { numRuns: 2000 },
    );
  });

  it('reads back the seconds that are sent', () => {
    fc.assert(
      fc.property(
        fc.date({ min: new Date('2000-01-01'), max: new Date('2099-12-31'), noInvalidDate: true }),
        (date) => {
          expect(kobanDate(unixSeconds(date))?.getTime()).toBe(Math.floor(date.getTime() / 1000) * 1000);
        },
      ),
    );
  });
});
