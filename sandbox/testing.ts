import { createSandbox, type Sandbox, type SandboxOptions } from './app';
import type { Account } from './core/account';
import type { Lot } from './core/model';

export const BASE = 'http://127.0.0.1:4001';

/** A sandbox with a stopped clock, and short ways to call it. `account` is the first of the two, in Koban's own words. */
export function testSandbox(options: SandboxOptions = {}, slug = 'valmont') {
  const sandbox: Sandbox = createSandbox({ now: new Date('2026-06-15T09:10:00Z'), ...options });
  const account = sandbox.state.accounts.find((candidate) => candidate.slug === slug);
  if (!account) throw new Error(`No account ${slug}`);
  const headers = {
    'x-ncapi': account.keys.api,
    'x-ncuser': account.keys.user,
    'content-type': 'application/json',
  };
  const call = async (path: string, body?: unknown): Promise<{ status: number; json: unknown }> => {
    const response = await sandbox.fetch(`${BASE}/api/v1/${path}`, {
      method: body === undefined ? 'GET' : 'POST',
      headers,
      ...(body === undefined ? {} : { body: JSON.stringify(body) }),
    });
    return { status: response.status, json: await response.json() };
  };
  const control = async (path: string, body?: unknown, method?: string): Promise<unknown> => {
    const response = await sandbox.fetch(`${BASE}/_control/${path}`, {
      method: method ?? (body === undefined ? 'GET' : 'POST'),
      ...(body === undefined ? {} : { body: JSON.stringify(body) }),
    });
    return response.json();
  };
  const third = async (name: string): Promise<string> => {
    const { json } = await call('ncThird/PostOne?uniqueproperty=Extcode', {
      Extcode: `T-${name}`,
      Label: name,
      EMail: `${name}@exemple.fr`,
    });
    const guid = typeof json === 'object' && json !== null && 'Result' in json ? json.Result : null;
    if (typeof guid !== 'string') throw new Error('No third');
    return guid;
  };
  const addOption = async (lot: string, guid: string, rank: number, placedAt = sandbox.clock.now()) =>
    (
      await call('ncOption/Add', {
        Third: { Guid: guid },
        Deal: { Extcode: lot },
        Rank: rank,
        DateOption: placedAt / 1000,
      })
    ).json;
  const status = async (lot: string) => (await call(`ncOption/GetLotStatus?extcode=${lot}`)).json;
  return { sandbox, account, headers, call, control, third, addOption, status };
}

/** The n-th dwelling of an account that anyone may take an option on. */
export function freeLot(account: Account, n = 0): Lot {
  const lot = [...account.allLots()].filter((one) => !one.secondary && one.status === 'LIBRE')[n];
  if (!lot) throw new Error('No free lot');
  return lot;
}
