import { afterAll, beforeAll, beforeEach, describe, expect, it, vi } from 'vitest';
import { z } from 'zod';
import type { Database } from '@/lib/db/client';
import { testDatabase } from '@/lib/db/testing';
import { operatorAction, partnerAction, publicAction, signedInAction, staffAction } from './action';
import { requireOperator, requirePartner, requireStaff, safePath } from './session';
import { makeAccount, makeCabinet, makePromoter, sessionOf } from './testing';

const visit = vi.hoisted(() => ({ cookie: '', headers: new Headers() }));
vi.mock('next/headers', () => ({
  cookies: async () => ({
    get: (name: string) => (name === 'parvis-session' ? { value: visit.cookie } : undefined),
  }),
  headers: async () => visit.headers,
}));

let db: Database;
const session = { adviser: '', staff: '', operator: '' };
beforeAll(async () => {
  db = await testDatabase();
  session.adviser = await sessionOf(await makeAccount({ role: 'adviser', cabinetId: await makeCabinet() }));
  session.staff = await sessionOf(
    await makeAccount({ role: 'staff', promoterId: (await makePromoter()).id }),
  );
  session.operator = await sessionOf(await makeAccount({ role: 'operator' }));
});
afterAll(() => db.close());
beforeEach(() => {
  visit.cookie = '';
  visit.headers = new Headers({ 'sec-fetch-site': 'same-origin' });
});

/** What a page's gate does: lets through, or where it sends. */
async function outcome(gate: () => Promise<unknown>): Promise<string> {
  try {
    await gate();
    return 'open';
  } catch (fault) {
    const digest = fault instanceof Error && 'digest' in fault ? String(fault.digest) : 'fault';
    return digest.startsWith('NEXT_REDIRECT') ? (digest.split(';')[2] ?? '') : digest;
  }
}

describe('gates of pages', () => {
  it('send a visitor to sign in and back', async () => {
    visit.headers.set('x-parvis-path', '/lots/valmont/L504?vue=plan');
    expect(await outcome(requirePartner)).toBe('/connexion?suite=%2Flots%2Fvalmont%2FL504%3Fvue%3Dplan');
  });

  it('know no page of another kind of person', async () => {
    visit.headers.set('x-parvis-path', '/programmes');
    visit.cookie = session.staff;
    expect(await outcome(requirePartner)).toBe('NEXT_HTTP_ERROR_FALLBACK;404');
    expect(await outcome(requireStaff)).toBe('open');
    visit.cookie = session.adviser;
    expect(await outcome(requireOperator)).toBe('NEXT_HTTP_ERROR_FALLBACK;404');
  });

  it('lead everyone from the root to their own place', async () => {
    visit.headers.set('x-parvis-path', '/');
    visit.cookie = session.operator;
    expect(await outcome(requirePartner)).toBe('/operateur/courrier');
  });
});

describe('safePath', () => {
  it.each([
    ['/lots/a?b=c', '/lots/a?b=c'],
    ['/x?_rsc=1ab', '/x'],
    ['//evil.example', '/'],
    ['/\\evil.example', '/'],
    ['/.//evil.example', '/'],
    ['/x/..//evil.example', '/'],
    ['https://evil.example', '/'],
    ['javascript:alert(1)', '/'],
    ['/a\nb', '/'],
    ['/a\t//b', '/'],
    [['/a', '/b'], '/'],
    [undefined, '/'],
  ])('%j becomes %j', (given, kept) => {
    expect(safePath(given)).toBe(kept);
  });
});

describe('the ladder of actions', () => {
  const echo = { inputSchema: z.object({ word: z.string().min(2, 'too-short') }) };
  const onEachRung = {
    public: publicAction.inputSchema(echo.inputSchema).action(async ({ parsedInput }) => parsedInput.word),
    signedIn: signedInAction.inputSchema(echo.inputSchema).action(async ({ ctx }) => ctx.session.actor.kind),
    partner: partnerAction.inputSchema(echo.inputSchema).action(async ({ ctx }) => ctx.actor.cabinet.length),
    staff: staffAction.inputSchema(echo.inputSchema).action(async ({ ctx }) => ctx.actor.promoter.length),
    operator: operatorAction.inputSchema(echo.inputSchema).action(async ({ ctx }) => ctx.actor.kind),
  };
  const climb = async () => {
    const answers = Object.entries(onEachRung).map(async ([rung, act]) => {
      const { data, serverError } = await act({ word: 'ok' });
      return [rung, serverError ?? (data === undefined ? 'nothing' : 'done')];
    });
    return Object.fromEntries(await Promise.all(answers));
  };

  it('lets each kind of person to its own rung', async () => {
    const out = 'signed-out';
    expect(await climb()).toEqual({ public: 'done', signedIn: out, partner: out, staff: out, operator: out });
    const no = 'forbidden';
    visit.cookie = session.adviser;
    expect(await climb()).toEqual({
      public: 'done',
      signedIn: 'done',
      partner: 'done',
      staff: no,
      operator: no,
    });
    visit.cookie = session.staff;
    expect(await climb()).toEqual({
      public: 'done',
      signedIn: 'done',
      partner: no,
      staff: 'done',
      operator: no,
    });
    visit.cookie = session.operator;
    expect(await climb()).toEqual({
      public: 'done',
      signedIn: 'done',
      partner: no,
      staff: no,
      operator: 'done',
    });
  });

  it.each([
    ['no header at all', {}],
    ['Origin: null', { origin: 'null' }],
    ['another origin', { origin: 'https://evil.example', host: 'localhost:3000' }],
    [
      'another site',
      { 'sec-fetch-site': 'cross-site', origin: 'http://localhost:3000', host: 'localhost:3000' },
    ],
    [
      'a sibling site',
      { 'sec-fetch-site': 'same-site', origin: 'http://localhost:3000', host: 'localhost:3000' },
    ],
    ['a typed address', { 'sec-fetch-site': 'none' }],
  ])('refuses every rung to %s', async (_name, headers: Record<string, string>) => {
    visit.cookie = session.adviser;
    visit.headers = new Headers(headers);
    expect(new Set(Object.values(await climb()))).toEqual(new Set(['foreign-origin']));
  });

  it('accepts an old browser that shows our origin', async () => {
    visit.headers = new Headers({ origin: 'http://localhost:3000', host: 'localhost:3000' });
    expect((await climb()).public).toBe('done');
  });

  it('tells field errors by their codes and nothing of an exception', async () => {
    const fails = publicAction.action(async () => {
      throw new Error('select * from account where email = secret@exemple.fr');
    });
    expect(await fails()).toEqual({ serverError: 'unexpected' });
    const answer = await onEachRung.public({ word: 'x' });
    expect(answer.validationErrors?.fieldErrors).toEqual({ word: ['too-short'] });
  });
});
