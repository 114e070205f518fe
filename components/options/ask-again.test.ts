import { afterEach, beforeEach, expect, it, vi } from 'vitest';

const confirmOption = vi.hoisted(() => vi.fn());
vi.mock('@/lib/options/actions', () => ({ confirmOption, askLot: vi.fn() }));
vi.mock('@/lib/denonciations/actions', () => ({ denounce: vi.fn(), keepDraft: vi.fn() }));

import { faultOf } from '@/components/denonciations/use-filing';
import { askToChange } from './use-change';
import { askToPlace } from './use-placing';

const input = {
  formKey: '0197a000-0000-7000-8000-000000000001',
  lot: { promoter: 'valmont', extcode: 'TDC-A12' },
  denonciationId: '0197a000-0000-7000-8000-000000000002',
  confirmedRank: 1,
} as const;
const signedOut = { serverError: 'signed-out' };
const pending = { data: { kind: 'pending', id: input.formKey } } as const;

beforeEach(() => {
  vi.useFakeTimers();
});
afterEach(() => {
  vi.useRealTimers();
  vi.unstubAllGlobals();
});

it('knows that nothing left when the session had ended before the first press', async () => {
  confirmOption.mockResolvedValueOnce(signedOut);
  expect(await askToPlace(input, false)).toEqual({ kind: 'signed-out', sent: false });
  expect(await askToChange(async () => signedOut, false)).toEqual({ kind: 'signed-out', sent: false });
  expect(faultOf(signedOut as never, null)).toBe('signedOut');
});

it('does not deny an act whose answer was lost before the session ended', async () => {
  confirmOption.mockRejectedValueOnce(new Error('cut'));
  expect(await askToPlace(input, false)).toBe('lost');
  confirmOption.mockResolvedValueOnce(signedOut);
  expect(await askToPlace(input, true)).toEqual({ kind: 'signed-out', sent: true });
  expect(await askToChange(async () => signedOut, true)).toEqual({ kind: 'signed-out', sent: true });
  for (const before of ['lost', 'unexpected', 'signedOutSent'] as const)
    expect(faultOf(signedOut as never, before)).toBe('signedOutSent');
});

it('does not deny an act that was being sent when the session ended', async () => {
  confirmOption.mockResolvedValueOnce(pending);
  vi.stubGlobal('fetch', async () => new Response(null, { status: 401 }));
  const placing = askToPlace(input, false);
  const answers = [pending, signedOut] as Awaited<ReturnType<Parameters<typeof askToChange>[0]>>[];
  const changing = askToChange(async () => answers.shift() ?? signedOut, false);
  await vi.runAllTimersAsync();
  expect(await placing).toEqual({ kind: 'signed-out', sent: true });
  expect(await changing).toEqual({ kind: 'signed-out', sent: true });
});
