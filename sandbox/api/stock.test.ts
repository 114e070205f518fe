import { describe, expect, test } from 'vitest';
import { z } from 'zod';
import { BASE, freeLot, testSandbox } from '../testing';

const pageSchema = z.object({
  Length: z.number(),
  List: z.array(
    z.looseObject({
      Guid: z.string().regex(/^[0-9a-f]{24}$/),
      Extcode: z.union([z.string(), z.number()]),
      Status: z.union([z.string(), z.object({ Code: z.string(), Label: z.string() })]),
      Process: z.object({ Code: z.string() }),
      Type: z.literal('Secondary').nullable(),
      Link: z.string().nullable(),
      DUpdated: z.number(),
      Updated: z.string().regex(/^\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d\.\d{3}$/),
      MoreFields: z.array(z.object({ FieldId: z.string().regex(/^[0-9a-f]{24}$/) }).loose()),
    }),
  ),
});
const writtenSchema = z.object({ Success: z.boolean(), Result: z.array(z.string()).nullable() });

describe('the way in', () => {
  test('both keys are needed, and they choose the account', async () => {
    const { sandbox, headers } = testSandbox();
    const url = `${BASE}/api/v1/ncDealProcess/GetAll`;
    const attempts: Record<string, string>[] = [
      {},
      { 'x-ncapi': headers['x-ncapi'] },
      { ...headers, 'x-ncuser': 'sandbox-littoral-user' },
    ];
    for (const wrong of attempts) expect((await sandbox.fetch(url, { headers: wrong })).status).toBe(401);
    expect((await sandbox.fetch(url, { headers })).status).toBe(200);
  });

  test('a wrong verb is 405, an unknown method 404, a body that is no JSON 400', async () => {
    const { sandbox, headers, call } = testSandbox();
    expect((await call('ncOption/Add')).status).toBe(405);
    expect((await call('ncDeal/GetUpdated', {})).status).toBe(405);
    expect((await call('ncDeal/Explode')).status).toBe(404);
    const url = `${BASE}/api/v1/ncOption/Add`;
    expect((await sandbox.fetch(url, { method: 'POST', headers, body: '{' })).status).toBe(400);
  });

  test('the ledger keeps calls without their keys', async () => {
    const { call, control } = testSandbox();
    await call('ncDeal/GetUpdated?l=1');
    const text = JSON.stringify(await control('calls'));
    expect(text).toContain('ncDeal/GetUpdated');
    expect(text).not.toContain('sandbox-valmont');
  });
});

describe('stock', () => {
  test('programmes come as an array from one account and as a page from the other', async () => {
    expect((await testSandbox().call('ncDealProcess/GetAll')).json).toHaveLength(8);
    expect((await testSandbox({}, 'littoral').call('ncDealProcess/GetAll')).json).toMatchObject({
      Length: 6,
    });
  });

  test('pages of 20 by default cover every lot once', async () => {
    const { call, account } = testSandbox();
    const seen = new Set<string>();
    for (let start = 0; ; start += 20) {
      const page = pageSchema.parse((await call(`ncDeal/GetUpdated?updated=0&s=${start}`)).json);
      expect(page.Length).toBe(account.lotsByChange().length);
      for (const lot of page.List) seen.add(lot.Guid);
      if (page.List.length < 20) break;
    }
    expect(seen.size).toBe(account.lotsByChange().length);
  });

  test('`updated` is seconds, and any change brings a lot back', async () => {
    const { call, control, account, sandbox } = testSandbox();
    sandbox.clock.advance(60_000);
    const since = Math.floor(sandbox.clock.now() / 1000);
    expect(pageSchema.parse((await call(`ncDeal/GetUpdated?updated=${since}`)).json).List).toEqual([]);
    const { extcode, programme } = freeLot(account);
    await control('accounts/valmont/acts/set-price', { lot: extcode, priceCents: 12_345_600 });
    const page = pageSchema.parse((await call(`ncDeal/GetUpdated?updated=${since}`)).json);
    expect(page.List).toMatchObject([{ Extcode: extcode, Amountprev: 123_456 }]);
    const path = `ncDeal/GetUpdatedProcess?updated=${since}&processcode=`;
    expect((await call(path + programme)).json).toMatchObject({ Length: 1 });
    expect((await call(`${path}NONE`)).json).toEqual({ Length: 0, List: [] });
  });

  test('newest first, a page holds what changed last, and all pages together hold everything', async () => {
    const { call, control, account, sandbox } = testSandbox();
    await control('accounts/valmont/policy', { listOrder: 'newest-first' }, 'PATCH');
    sandbox.clock.advance(1000);
    const { extcode } = freeLot(account);
    await control('accounts/valmont/acts/set-price', { lot: extcode, priceCents: 100 });
    const total = account.lotsByChange().length;
    const first = pageSchema.parse((await call('ncDeal/GetUpdated?l=100')).json);
    expect(first.List[0]?.Extcode).toBe(extcode);
    const guids = new Set(first.List.map((lot) => lot.Guid));
    for (let start = 100; start < total + 100; start += 100)
      for (const lot of pageSchema.parse((await call(`ncDeal/GetUpdated?s=${start}&l=100`)).json).List)
        guids.add(lot.Guid);
    expect(guids.size).toBe(total);
  });

  test('the shapes vary as they do in Koban: numeric codes, textual and custom statuses, annexes, acted lots', async () => {
    const littoral = pageSchema.parse(
      (await testSandbox({}, 'littoral').call('ncDeal/GetUpdated?l=1000')).json,
    );
    expect(littoral.List.some((lot) => typeof lot.Extcode === 'number')).toBe(true);
    const valmont = pageSchema.parse((await testSandbox().call('ncDeal/GetUpdated?l=1000')).json);
    expect(valmont.List.some((lot) => typeof lot.Status === 'string')).toBe(true);
    expect(valmont.List).toContainEqual(
      expect.objectContaining({ Status: { Code: 'PARTENAIRE', Label: 'Réservé partenaires' } }),
    );
    expect(valmont.List).toContainEqual(expect.objectContaining({ Result: 'WON' }));
    const guids = new Set(valmont.List.map((lot) => lot.Guid));
    const annexes = valmont.List.filter((lot) => lot.Type === 'Secondary');
    expect(annexes.length).toBeGreaterThan(50);
    for (const annex of annexes) expect(guids).toContain(annex.Link);
  });

  test('a withdrawn lot is unknown until it is put back', async () => {
    const { control, status, account } = testSandbox();
    const { extcode } = freeLot(account);
    await control('accounts/valmont/acts/withdraw-lot', { lot: extcode });
    expect(await status(extcode)).toMatchObject({ Result: -1 });
    await control('accounts/valmont/acts/restore-lot', { lot: extcode });
    expect(await status(extcode)).toMatchObject({ Result: 0 });
  });

  test('20,000 lots are paged through, and no lot is rendered again until it changes', async () => {
    const { call, account, sandbox } = testSandbox({ seed: 'stock:20000' });
    let count = 0;
    for (let start = 0; start < 20_000; start += 1000)
      count += pageSchema.parse((await call(`ncDeal/GetUpdated?s=${start}&l=1000`)).json).List.length;
    expect(count).toBe(20_000);
    const rendered: string[] = [];
    const renderAll = (): void => {
      for (const lot of account.lotsByChange()) account.jsonOf(lot, ({ extcode }) => rendered.push(extcode));
    };
    renderAll();
    expect(rendered).toEqual([]);
    const changed = freeLot(account);
    account.touch([changed], sandbox.clock.now());
    renderAll();
    expect(rendered).toEqual([changed.extcode]);
  });
});

describe('PostMany', () => {
  const lot = (Extcode: string, more: object = {}) => ({
    Extcode,
    Label: Extcode,
    Process: { Code: 'TDC' },
    ...more,
  });
  const path = 'ncDeal/PostMany?uniqueproperty=Extcode&thirduniqueproperty=Extcode';

  test('creates then updates by external code; a secondary links to its principal by external code and reads back its guid', async () => {
    const { call, account } = testSandbox();
    const batch = [lot('N1', { Amountprev: 200_000 }), lot('N1-P', { Type: 'secondary', Link: 'N1' })];
    const first = writtenSchema.parse((await call(path, batch)).json);
    const second = writtenSchema.parse((await call(path, [lot('N1', { Amountprev: 210_000 })])).json);
    expect(second.Result).toEqual([first.Result?.[0]]);
    expect(account.lot('N1')?.priceCents).toBe(21_000_000);
    expect(account.lot('N1-P')?.link).toBe(first.Result?.[0]);
  });

  test('refuses at HTTP 200, as a whole: secondaries before their principal, unknown programmes, more than 100 objects', async () => {
    const { call, account } = testSandbox();
    const before = account.lotsByChange().length;
    const many = Array.from({ length: 101 }, (_, index) => lot(`M${index}`));
    for (const batch of [
      [lot('S1', { Type: 'Secondary', Link: 'P1' }), lot('P1')],
      [lot('A'), lot('B', { Process: { Code: '?' } })],
      many,
    ])
      expect(await call(path, batch)).toMatchObject({ status: 200, json: { Success: false, Result: null } });
    expect(account.lotsByChange()).toHaveLength(before);
  });
});

test('programmes come in pages from an account that counts them, whole from one that lists them bare', async () => {
  const paged = testSandbox({}, 'littoral');
  const codes = [...paged.account.programmes.keys()];
  const page = async (start: number, length: number) =>
    (await paged.call(`ncDealProcess/GetAll?s=${start}&l=${length}`)).json;
  expect(await page(0, 1)).toMatchObject({ Length: codes.length, List: [{ Extcode: codes[0] }] });
  expect(await page(1, 1)).toMatchObject({ Length: codes.length, List: [{ Extcode: codes[1] }] });
  expect(await page(codes.length, 10)).toEqual({ Length: codes.length, List: [] });
  const bare = testSandbox();
  const { json } = await bare.call('ncDealProcess/GetAll?s=1&l=1');
  expect(json).toHaveLength(bare.account.programmes.size);
});

test('PostMany moves an annex to another lot, makes it a principal, and an annex again', async () => {
  const { call, account } = testSandbox();
  const [first, second] = [freeLot(account, 0), freeLot(account, 1)];
  const post = async (lot: object) =>
    (await call('ncDeal/PostMany?uniqueproperty=Extcode', [{ Extcode: 'BOX-1', ...lot }])).json;
  const shown = () => account.lot('BOX-1');
  await post({ Process: { Code: first.programme }, Type: 'Secondary', Link: first.extcode });
  expect(shown()).toMatchObject({ secondary: true, link: first.guid });

  await post({ Link: second.extcode });
  expect(shown()).toMatchObject({ secondary: true, link: second.guid });
  expect(account.annexesOf(first).map(({ extcode }) => extcode)).not.toContain('BOX-1');
  expect(account.annexesOf(second).map(({ extcode }) => extcode)).toContain('BOX-1');

  await post({ Label: 'Box 1' });
  expect(shown()).toMatchObject({ label: 'Box 1', link: second.guid });
  await post({ Type: null });
  expect(shown()).toMatchObject({ secondary: false, link: null });
  expect(account.annexesOf(second).map(({ extcode }) => extcode)).not.toContain('BOX-1');
  expect(await post({ Type: 'Secondary' })).toMatchObject({ Success: false });
  await post({ Type: 'secondary', Link: first.extcode });
  expect(shown()).toMatchObject({ secondary: true, link: first.guid });
});
