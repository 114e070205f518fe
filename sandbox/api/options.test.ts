import { describe, expect, test } from 'vitest';
import { freeLot, testSandbox } from '../testing';

const HOUR = 3_600_000;

describe('GetLotStatus and Add', () => {
  test('rank 1, rank 2, then full; each account tells a full lot its own way', async () => {
    for (const [slug, full] of [
      ['valmont', { Result: 1, MaxRank: 2 }],
      ['littoral', { Result: -3 }],
    ] as const) {
      const { addOption, status, third, account } = testSandbox({}, slug);
      const { extcode } = freeLot(account);
      const [a, b] = [await third('a'), await third('b')];
      expect(await status(extcode)).toMatchObject({ Result: 0 });
      expect(await addOption(extcode, a, 1)).toEqual({ success: true });
      expect(await status(extcode)).toMatchObject({ Result: 1, MaxRank: 1 });
      expect(await addOption(extcode, b, 2)).toEqual({ success: true });
      expect(await status(extcode)).toMatchObject(full);
      expect(await addOption(extcode, b, 2)).toMatchObject({ success: false, errorcode: '05' });
      expect(account.lot(extcode)?.status).toBe('OPTION');
    }
  });

  test('EndDate is DateOption plus the lifetime: Paris wall time on one account, seconds on the other', async () => {
    for (const [slug, end] of [
      ['valmont', '2026-06-18T11:10:00.000'],
      ['littoral', Date.parse('2026-06-18T09:10:00Z') / 1000],
    ]) {
      const { addOption, status, third, account } = testSandbox({}, String(slug));
      const { extcode } = freeLot(account);
      await addOption(extcode, await third('a'), 1);
      expect(await status(extcode)).toMatchObject({ EndDate: end });
    }
  });

  test('every refusal has its code', async () => {
    const { addOption, status, third, account, control } = testSandbox();
    const guid = await third('a');
    const lots = [0, 1, 2, 3, 4].map((n) => freeLot(account, n).extcode);
    const [first = '', second = '', last = '', fourth = '', fifth = ''] = lots;
    expect(await status('NOWHERE')).toMatchObject({ Result: -1 });
    expect(await addOption('NOWHERE', guid, 1)).toMatchObject({ success: false, errorcode: '02' });
    for (const lot of [first, second, last]) expect(await addOption(lot, guid, 1)).toEqual({ success: true });
    expect(await addOption(fourth, guid, 1)).toMatchObject({ errorcode: '01' });
    await control('accounts/valmont/policy', { apiUserCap: 3 }, 'PATCH');
    expect(await addOption(fourth, await third('b'), 1)).toMatchObject({ errorcode: '03' });
    await control('accounts/valmont/acts/set-status', { lot: fourth, status: 'BLOQUE' });
    expect(await addOption(fourth, guid, 1)).toMatchObject({ errorcode: '02' });
    expect(await status(fourth)).toMatchObject({ Result: -4 });
    await control('accounts/valmont/acts/place-preresv', { lot: fifth });
    expect(await addOption(fifth, guid, 1)).toMatchObject({ errorcode: '04' });
    expect(await status(fifth)).toMatchObject({ Result: -2 });
    await control('accounts/valmont/acts/validate-reservation', { lot: fifth });
    expect(await addOption(fifth, guid, 1)).toMatchObject({ errorcode: '02' });
  });

  test('a rank that is not the next one is refused, or granted as the next when the account is set so', async () => {
    const { addOption, third, account, control, status } = testSandbox();
    const { extcode } = freeLot(account);
    const [a, b] = [await third('a'), await third('b')];
    expect(await addOption(extcode, a, 2)).toMatchObject({ success: false });
    await addOption(extcode, a, 1);
    expect(await addOption(extcode, b, 1)).toMatchObject({ success: false });
    await control('accounts/valmont/policy', { wrongRank: 'grant-next' }, 'PATCH');
    expect(await addOption(extcode, b, 1)).toEqual({ success: true });
    expect(await status(extcode)).toMatchObject({ MaxRank: 2 });
  });
});

describe('the life of an option', () => {
  for (const [season, placed, before, after] of [
    ['summer', '2026-06-15T09:10:00Z', '2026-06-18T09:29:59.999Z', '2026-06-18T09:30:00Z'],
    ['winter', '2026-12-15T09:30:00Z', '2026-12-18T09:29:59.999Z', '2026-12-18T09:30:00Z'],
    [
      'the night when clocks go back',
      '2026-10-22T00:31:00Z',
      '2026-10-25T00:59:59.999Z',
      '2026-10-25T01:00:00Z',
    ],
  ] as const)
    test(`ends at the first half hour not before its end: ${season}`, async () => {
      const { sandbox, addOption, third, account, control } = testSandbox({ now: new Date(placed) });
      const { extcode } = freeLot(account);
      await addOption(extcode, await third('a'), 1);
      await control('clock', { now: before });
      expect(account.lot(extcode)?.options).toHaveLength(1);
      await control('clock', { now: after });
      expect(account.lot(extcode)).toMatchObject({
        options: [],
        status: 'LIBRE',
        updatedAt: Date.parse(after),
      });
      expect(sandbox.state.ledger.effects({ kind: 'option-expired' }).at(-1)).toMatchObject({
        cause: { origin: 'clock' },
      });
    });

  test('is prolonged once, and then ends with its prolongation', async () => {
    const { sandbox, call, addOption, third, account } = testSandbox();
    const { extcode } = freeLot(account);
    await addOption(extcode, await third('a'), 1);
    const until = sandbox.clock.now() / 1000 + 5 * 24 * 3600;
    const prolong = async (lot: string) =>
      (await call('ncOption/Prolong', { Deal: { Extcode: lot }, Rank: 1, DateProlongation: until })).json;
    expect(await prolong('NOWHERE')).toMatchObject({ success: false, errorcode: '01' });
    expect(await prolong(extcode)).toEqual({ success: true });
    expect(await prolong(extcode)).toMatchObject({ success: false, errorcode: '02' });
    sandbox.clock.advance(73 * HOUR);
    sandbox.sweep();
    expect(account.lot(extcode)?.options).toHaveLength(1);
    sandbox.clock.advance(48 * HOUR);
    sandbox.sweep();
    expect(account.lot(extcode)?.options).toEqual([]);
  });

  test('when rank 1 ends, rank 2 moves up, unless the account is set otherwise', async () => {
    for (const [rankTwoMovesUp, rank] of [
      [true, 1],
      [false, 2],
    ] as const) {
      const { call, control, addOption, third, account, status } = testSandbox();
      await control('accounts/valmont/policy', { rankTwoMovesUp }, 'PATCH');
      const { extcode } = freeLot(account);
      const guid = await third('b');
      await addOption(extcode, await third('a'), 1);
      await addOption(extcode, guid, 2);
      expect((await call('ncOption/Undo', { Deal: { Extcode: extcode }, Rank: 1 })).json).toEqual({
        success: true,
      });
      expect(account.lot(extcode)?.options).toMatchObject([{ rank, thirdGuid: guid }]);
      expect(await status(extcode)).toMatchObject({ Result: 1, MaxRank: rank });
    }
  });

  test('Undo of what is not there is refused with 01, and frees the lot otherwise', async () => {
    const { call, addOption, third, account } = testSandbox();
    const { extcode } = freeLot(account);
    const undo = async () => (await call('ncOption/Undo', { Deal: { Extcode: extcode }, Rank: 1 })).json;
    expect(await undo()).toMatchObject({ success: false, errorcode: '01' });
    await addOption(extcode, await third('a'), 1);
    expect(await undo()).toEqual({ success: true });
    expect(account.lot(extcode)?.status).toBe('LIBRE');
  });

  test('the demo starts with rivals on both ranks', () => {
    const { account } = testSandbox();
    const counts = [...account.lotsUnderOption].map((lot) => lot.options.length);
    expect(counts).toContain(1);
    expect(counts).toContain(2);
  });
});

describe('reservations', () => {
  test('Add, refusals, Desist', async () => {
    const { call, addOption, third, account, status } = testSandbox();
    const { extcode } = freeLot(account);
    const [a, b] = [await third('a'), await third('b')];
    const body = (lot: string, guid: string) => ({
      Deal: { Extcode: lot },
      Third: { Guid: guid },
      PrixVente: 200_000,
      Garantie: 5000,
    });
    const add = async (lot: string, guid: string) => (await call('ncPreresv/Add', body(lot, guid))).json;
    const desist = async (lot: string, guid: string) =>
      (await call('ncPreresv/Desist', body(lot, guid))).json;
    await addOption(extcode, a, 1);
    await addOption(extcode, b, 2);
    expect(await add('NOWHERE', a)).toMatchObject({ errorcode: '01' });
    expect(await add(extcode, 'nobody')).toMatchObject({ errorcode: '02' });
    expect(await add(extcode, a)).toEqual({ success: true });
    expect(account.lot(extcode)).toMatchObject({ status: 'PRERESV', options: [] });
    expect(await status(extcode)).toMatchObject({ Result: -2 });
    expect(await add(extcode, b)).toMatchObject({ success: false });
    expect(await desist('NOWHERE', a)).toMatchObject({ errorcode: '01' });
    expect(await desist(extcode, b)).toMatchObject({ errorcode: '02' });
    expect(await desist(extcode, a)).toEqual({ success: true });
    expect(account.lot(extcode)).toMatchObject({ status: 'LIBRE', preresv: null });
  });

  test('AddValid completes and reserves', async () => {
    const { call, third, account } = testSandbox();
    const { extcode } = freeLot(account);
    const ThirdId = await third('a');
    const file = { Deal: { Extcode: extcode }, ThirdId, PrixVente: 215_000.5, Res1Nom: 'Aubry' };
    expect((await call('ncPreresv/AddValid', file)).json).toEqual({ success: true });
    expect(account.lot(extcode)).toMatchObject({ status: 'RESV', preresv: { validated: true } });
  });
});
