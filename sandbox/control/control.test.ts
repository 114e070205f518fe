import { expect, test } from 'vitest';
import { readSettings } from '../settings';
import { BASE, freeLot, testSandbox } from '../testing';

test('only the loopback may control, whatever page it comes from', async () => {
  const { sandbox } = testSandbox();
  const strangers: Record<string, string>[] = [{ host: 'evil.exemple' }, { origin: 'https://evil.exemple' }];
  for (const headers of strangers)
    for (const path of ['/_control', '/console'])
      expect((await sandbox.fetch(`${BASE}${path}`, { headers })).status).toBe(403);
  expect(
    (await sandbox.fetch(`${BASE}/_control`, { headers: { origin: 'http://localhost:3000' } })).status,
  ).toBe(200);
});

test('reset sows again and forgets effects and faults', async () => {
  const { control, account } = testSandbox();
  const lots = account.lotsByChange().length;
  await control('accounts/valmont/acts/withdraw-lot', { lot: freeLot(account).extcode });
  await control('faults', { method: '*', mode: 'refuse' });
  await control('reset', { seed: 'demo' });
  expect(account.lotsByChange()).toHaveLength(lots);
  expect(await control('effects')).toEqual([]);
  expect(await control('faults')).toEqual({ calls: [], webhooks: [] });
  await control('reset', { seed: 'empty' });
  expect(account.lotsByChange()).toHaveLength(0);
  await control('reset', { seed: 'stock:650' });
  expect(account.lotsByChange()).toHaveLength(650);
});

test('reset gives each account its own policy back', async () => {
  const { control, sandbox } = testSandbox();
  const policies = () => sandbox.state.accounts.map(({ policy }) => ({ ...policy }));
  const before = policies();
  await control('accounts/littoral/policy', { instants: 'iso', listOrder: 'newest-first' }, 'PATCH');
  expect(policies()).not.toEqual(before);
  await control('reset', {});
  expect(policies()).toEqual(before);
});

test('another policy shows in what was asked before', async () => {
  const { control, call } = testSandbox();
  const lot = async () => {
    const { json } = await call('ncDeal/GetUpdated?updated=0&l=1');
    return (json as { List: { DPrev: unknown }[] }).List[0]?.DPrev;
  };
  expect(await lot()).toBe('0001-01-01T00:00:00');
  await control('accounts/valmont/policy', { instants: 'unix' }, 'PATCH');
  expect(await lot()).toBe(0);
});

test('the same seed gives the same stock', () => {
  const [a, b] = [testSandbox(), testSandbox()];
  expect([...a.account.allLots()]).toEqual([...b.account.allLots()]);
});

test('a bad request to the control says what is wrong', async () => {
  const { control } = testSandbox();
  expect(await control('faults', { method: 'x', mode: 'explode' })).toMatchObject({
    error: expect.any(String),
  });
  expect(await control('accounts/nobody/policy', {}, 'PATCH')).toEqual({ error: 'No account nobody' });
  expect(await control('accounts/valmont/acts/dance', {})).toMatchObject({
    error: expect.stringContaining('place-option'),
  });
});

test('lots in bulk, and a rival on both ranks', async () => {
  const { control, account, status } = testSandbox();
  const before = account.lotsByChange().length;
  expect(await control('accounts/valmont/acts/add-lots', { programme: 'TDC', count: 250 })).toMatchObject({
    added: 250,
  });
  expect(account.lotsByChange()).toHaveLength(before + 250);
  const rival = (EMail: string) =>
    control('accounts/valmont/acts/place-option', { lot: 'TDC-X1', third: { Label: 'Rival', EMail } });
  await rival('a@exemple.fr');
  await rival('b@exemple.fr');
  expect(await status('TDC-X1')).toMatchObject({ MaxRank: 2 });
  expect(await control('effects?kind=option-placed')).toMatchObject([
    { cause: { origin: 'control' } },
    { data: { rank: 2 } },
  ]);
});

test('settings come from flags, then from the environment, and bad ones are refused', () => {
  expect(readSettings({ SANDBOX_PORT: '4102', SANDBOX_SEED: 'empty' }, ['--seed=stock:10'])).toEqual({
    port: 4102,
    seed: 'stock:10',
  });
  expect(readSettings({}, [])).toEqual({ port: 4001, seed: 'demo' });
  expect(readSettings({ SANDBOX_WEBHOOK_URL: 'http://localhost:3000' }, [])).toMatchObject({
    webhookOrigin: 'http://localhost:3000',
  });
  expect(() => readSettings({ SANDBOX_SEED: 'everything' }, [])).toThrow();
});
