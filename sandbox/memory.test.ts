import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, expect, it } from 'vitest';
import { createSandbox } from './app';
import { remember } from './memory';
import { freeLot } from './testing';

let folder: string;
beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'sandbox-memory-'));
});
afterEach(() => rmSync(folder, { recursive: true }));

it('finds what a reset left, and no policy of before it', async () => {
  const file = join(folder, 'memory.json');
  const first = createSandbox();
  remember(first.state, file);
  const [account] = first.state.accounts;
  account?.changePolicy({ apiUserCap: 7 });
  const own = account?.policy.optionHours;
  await first.fetch('http://127.0.0.1/_control/reset', { method: 'POST', body: '{"seed":"empty"}' });
  expect(account?.policy.apiUserCap).toBe(50);
  await new Promise((resolve) => setImmediate(resolve));

  const second = createSandbox();
  remember(second.state, file);
  expect(second.state.accounts[0]?.lotsByChange()).toEqual([]);
  expect(second.state.accounts[0]?.policy).toMatchObject({ apiUserCap: 50, optionHours: own });
});

it('finds its options, prospects and policies again after a new start', async () => {
  const file = join(folder, 'memory.json');
  const first = createSandbox();
  remember(first.state, file);
  const account = first.state.accounts[0];
  if (!account) throw new Error('The demo has accounts.');
  const lot = freeLot(account, 0);
  const act = (sandbox: typeof first, path: string, body: unknown) =>
    sandbox.fetch(`http://127.0.0.1/_control/accounts/${account.slug}/${path}`, {
      method: path === 'policy' ? 'PATCH' : 'POST',
      body: JSON.stringify(body),
    });
  await act(first, 'policy', { apiUserCap: 7 });
  await act(first, 'acts/place-option', {
    lot: lot.extcode,
    third: { Label: 'Aubert', EMail: 'a@exemple.fr' },
  });
  await new Promise((resolve) => setImmediate(resolve));

  const second = createSandbox();
  remember(second.state, file);
  const again = second.state.accounts[0];
  expect(again?.lot(lot.extcode)?.options).toEqual(lot.options);
  expect(again?.thirds.size).toBe(account.thirds.size);
  expect(again?.policy.apiUserCap).toBe(7);
  const guids = [account.newGuid('third'), again?.newGuid('third')];
  expect(guids[1]).toBe(guids[0]);
});
