import { and, eq } from 'drizzle-orm';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { hashPassword, verifyPassword } from '@/lib/auth/password';
import { actorFromRequest } from '@/lib/auth/session';
import { makeAccount, makeCabinet, makePromoter, sessionOf } from '@/lib/auth/testing';
import { offerOperator } from '@/lib/boot/offer-operator';
import { fixedClock } from '@/lib/core/clock';
import { asAccountId, mintOperator } from '@/lib/core/mint';
import type { OperatorActor } from '@/lib/core/scope';
import type { Database } from '@/lib/db/client';
import { account, accountLink, mail, promoter } from '@/lib/db/schema/all';
import { asSystem } from '@/lib/db/tenancy';
import { testDatabase } from '@/lib/db/testing';
import { changeRole, setDisabled } from './change-account';
import { changePassword } from './change-password';
import { choosePassword } from './choose-password';
import { createFirstAccount } from './create-first-account';
import { inviteAccount } from './invite-account';
import { issueLink } from './issue-link';
import { findLinkHolder } from './queries';
import { requestReset } from './request-reset';
import { signOut } from './sign-out';

let db: Database;
let cabinetId: string;
let operator: OperatorActor;
beforeAll(async () => {
  db = await testDatabase();
  cabinetId = await makeCabinet();
  const { id, name } = await makeAccount({ role: 'operator' });
  operator = mintOperator({ account: asAccountId(id), name });
});
afterAll(() => db.close());

const start = new Date();
const password = 'trois grues jaunes au port';
const secretOf = (href: string) => href.split('/').at(-1) ?? '';
const hashOf = async (id: string) => {
  const [row] = await asSystem((tx) => tx.select().from(account).where(eq(account.id, id)));
  return row?.passwordHash ?? null;
};
const mailTo = (email: string) => asSystem((tx) => tx.select().from(mail).where(eq(mail.recipient, email)));
const linkIn = (text: string | undefined) => /http\S+/.exec(text ?? '')?.[0] ?? '';
const signedIn = async (cookie: string) =>
  (await actorFromRequest(new Request('http://x/', { headers: { cookie: `parvis-session=${cookie}` } }))) !==
  null;

async function invited() {
  const person = await makeAccount({ role: 'adviser', cabinetId });
  const href = await inviteAccount(operator, { id: person.id, locale: 'fr' }, fixedClock(start));
  return { person, secret: secretOf(href ?? '') };
}

describe('an invitation', () => {
  it('is mailed, sets a password once, and keeps only its hash', async () => {
    const { person, secret } = await invited();
    const [message] = await mailTo(person.email);
    expect(message).toMatchObject({ state: 'kept', subject: 'Votre accès au portail des partenaires' });
    expect(linkIn(message?.text)).toBe(`http://localhost:3000/invitation/${secret}`);
    expect(message?.html).toContain(`/invitation/${secret}`);
    const rows = await asSystem((tx) =>
      tx.select().from(accountLink).where(eq(accountLink.accountId, person.id)),
    );
    expect(JSON.stringify(rows)).not.toContain(secret);

    expect(await choosePassword('invitation', { secret, password })).toEqual({
      kind: 'done',
      email: person.email,
    });
    expect(await verifyPassword(await hashOf(person.id), password)).toBe(true);
    const again = await choosePassword('invitation', { secret, password: 'un autre mot tout neuf' });
    expect(again).toEqual({ kind: 'refused', code: 'link-invalid' });
    expect(await inviteAccount(operator, { id: person.id, locale: 'fr' })).toBeNull();
  });

  it('used twice at once, works once', async () => {
    const { secret } = await invited();
    const outcomes = await Promise.all(
      [1, 2, 3].map(() => choosePassword('invitation', { secret, password })),
    );
    expect(outcomes.map(({ kind }) => kind).sort()).toEqual(['done', 'refused', 'refused']);
  });

  it('expires after seven days, and for another purpose never works', async () => {
    const { secret } = await invited();
    const clock = fixedClock(new Date(start.getTime() + 7 * 24 * 3600_000));
    expect((await choosePassword('invitation', { secret, password }, clock)).kind).toBe('refused');
    expect((await choosePassword('reset', { secret, password })).kind).toBe('refused');
    clock.advance(-60_000);
    expect((await choosePassword('invitation', { secret, password }, clock)).kind).toBe('done');
  });

  it('ends when a newer one is sent, or the account is disabled', async () => {
    const { person, secret } = await invited();
    const newer = secretOf((await inviteAccount(operator, { id: person.id, locale: 'en' })) ?? '');
    expect(await findLinkHolder('invitation', secret)).toBeNull();
    expect(await findLinkHolder('invitation', newer)).toMatchObject({ email: person.email });
    await setDisabled(operator, { id: person.id, disabled: true });
    expect(await findLinkHolder('invitation', newer)).toBeNull();
    expect((await choosePassword('invitation', { secret: newer, password })).kind).toBe('refused');
  });

  it('survives a password that is refused', async () => {
    const { person, secret } = await invited();
    const weak = await choosePassword('invitation', { secret, password: 'camille lenoir 1' });
    expect(weak).toEqual({ kind: 'refused', code: 'password-guessable' });
    expect(await hashOf(person.id)).toBeNull();
    expect((await choosePassword('invitation', { secret, password })).kind).toBe('done');
  });
});

describe('a forgotten password', () => {
  const ask = (email: string, clock = fixedClock(start)) =>
    requestReset({ email, network: '10.9.9', locale: 'en' }, clock);

  it('is mailed to its owner, works for one hour, and ends sessions and every other link', async () => {
    const { person, secret } = await invited();
    const cookie = await sessionOf(person);
    expect(await signedIn(cookie)).toBe(true);
    await ask(person.email);
    const message = (await mailTo(person.email)).find(({ subject }) => subject === 'Your new password');
    const reset = secretOf(linkIn(message?.text));
    const late = fixedClock(new Date(start.getTime() + 3600_000));
    expect((await choosePassword('reset', { secret: reset, password }, late)).kind).toBe('refused');
    expect((await choosePassword('reset', { secret: reset, password })).kind).toBe('done');
    expect(await signedIn(cookie)).toBe(false);
    expect(await findLinkHolder('invitation', secret)).toBeNull();
  });

  it('sends nothing to an unknown or disabled address, and says nothing of it', async () => {
    const person = await makeAccount({ role: 'adviser', cabinetId });
    await setDisabled(operator, { id: person.id, disabled: true });
    expect(await ask(person.email)).toBeUndefined();
    expect(await ask('nobody@exemple.fr')).toBeUndefined();
    expect(await mailTo(person.email)).toEqual([]);
    expect(await mailTo('nobody@exemple.fr')).toEqual([]);
  });

  it('floods no mailbox, and comes back with time', async () => {
    const person = await makeAccount({ role: 'adviser', cabinetId });
    const clock = fixedClock(start);
    for (let time = 0; time < 10; time++) await ask(person.email, clock);
    expect(await mailTo(person.email)).toHaveLength(2);
    clock.advance(61_000);
    await ask(person.email, clock);
    expect(await mailTo(person.email)).toHaveLength(3);
  });
});

describe('a change of password', () => {
  it('needs the present one, and ends every older session', async () => {
    const passwordHash = await hashPassword(password);
    const person = await makeAccount({ role: 'adviser', cabinetId }, { passwordHash });
    const cookie = await sessionOf(person);
    const actor = await actorFromRequest(
      new Request('http://x/', { headers: { cookie: `parvis-session=${cookie}` } }),
    );
    if (!actor) throw new Error('signed out');
    const next = 'quatre bateaux sans voile';
    expect(await changePassword(actor, { present: 'wrong', password: next })).toEqual({
      kind: 'refused',
      code: 'password-wrong',
    });
    expect(await signedIn(cookie)).toBe(true);
    const done = await changePassword(actor, { present: password, password: next });
    expect(done).toEqual({ kind: 'done', sessionVersion: 2 });
    expect(await signedIn(cookie)).toBe(false);
    expect(await signedIn(await sessionOf({ id: person.id, sessionVersion: 2 }))).toBe(true);
    expect(await verifyPassword(await hashOf(person.id), next)).toBe(true);
  });

  it('is slowed like sign-in', async () => {
    const person = await makeAccount(
      { role: 'adviser', cabinetId },
      { passwordHash: await hashPassword(password) },
    );
    const cookie = await sessionOf(person);
    const actor = await actorFromRequest(
      new Request('http://x/', { headers: { cookie: `parvis-session=${cookie}` } }),
    );
    if (!actor) throw new Error('signed out');
    const clock = fixedClock(start);
    const kinds: string[] = [];
    for (let time = 0; time < 6; time++) {
      kinds.push((await changePassword(actor, { present: 'wrong', password }, clock)).kind);
    }
    expect(kinds).toEqual([...Array(5).fill('refused'), 'slowed']);
  });
});

describe('sessions', () => {
  it('end at once in this process when the operator acts, and a person acts on their own only by name', async () => {
    const [first, second] = [
      await makeAccount({ role: 'adviser', cabinetId }),
      await makeAccount({ role: 'adviser', cabinetId }),
    ];
    const cookies = [await sessionOf(first), await sessionOf(second)];
    expect(await Promise.all(cookies.map(signedIn))).toEqual([true, true]);
    expect(await setDisabled(operator, { id: first.id, disabled: true })).toBe(true);
    expect(await setDisabled(operator, { id: first.id, disabled: true })).toBe(false);
    expect(await changeRole(operator, { id: second.id, role: 'manager' })).toBe(true);
    expect(await Promise.all(cookies.map(signedIn))).toEqual([false, false]);
    expect(await setDisabled(operator, { id: operator.account, disabled: true })).toBe(false);
    expect(await changeRole(operator, { id: operator.account, role: 'manager' })).toBe(false);
  });

  it('that are signed out cannot be replayed', async () => {
    const person = await makeAccount({ role: 'adviser', cabinetId });
    const cookie = await sessionOf(person);
    const other = await sessionOf(person);
    const { decodeSession } = await import('@/lib/auth/token');
    const claims = await decodeSession(cookie);
    if (!claims) throw new Error('no session');
    await signOut(claims);
    await signOut(claims);
    expect([await signedIn(cookie), await signedIn(other)]).toEqual([false, true]);
  });
});

describe('an invitation in hand', () => {
  it('lives through a restart, which prints another', async () => {
    const person = await makeAccount({ role: 'adviser', cabinetId });
    const machine = { kind: 'system', name: 'provisioning' } as const;
    const atStart = { id: person.id, locale: 'fr', earlier: 'live-on' } as const;
    const before = secretOf((await inviteAccount(machine, atStart)) ?? '');
    const after = secretOf((await inviteAccount(machine, atStart)) ?? '');
    expect(await findLinkHolder('invitation', before)).not.toBeNull();
    expect(await findLinkHolder('invitation', after)).not.toBeNull();
    expect((await choosePassword('invitation', { secret: before, password })).kind).toBe('done');
    expect(await findLinkHolder('invitation', after)).toBeNull();
  });
});

describe('the first account', () => {
  it('is made once by its link, for its promoter', async () => {
    const { id: promoterId } = await makePromoter('Groupe Valmont');
    const href = await asSystem((tx) => issueLink(tx, 'first-account', { promoterId }, start));
    const input = {
      ...{ secret: secretOf(href), name: 'Ana Roux', email: 'ana@valmont.fr', password },
      firm: 'Valmont Promotion',
    };
    expect(await findLinkHolder('first-account', input.secret)).toMatchObject({
      promoterName: 'Groupe Valmont',
    });
    expect(await createFirstAccount(input)).toEqual({ kind: 'done' });
    const made = await asSystem((tx) =>
      tx
        .select()
        .from(account)
        .where(and(eq(account.email, input.email), eq(account.promoterId, promoterId))),
    );
    expect(made).toMatchObject([{ role: 'staff', name: 'Ana Roux' }]);
    const again = await createFirstAccount({ ...input, email: 'other@valmont.fr', firm: 'Autre' });
    expect(again).toEqual({ kind: 'refused', code: 'link-invalid' });
    const named = await asSystem((tx) => tx.select().from(promoter).where(eq(promoter.id, promoterId)));
    expect(named).toMatchObject([{ name: 'Valmont Promotion' }]);
  });

  it('ends every other link of its promoter, printed by other starts', async () => {
    const { id: promoterId } = await makePromoter();
    const print = () => asSystem((tx) => issueLink(tx, 'first-account', { promoterId }, start, 'live-on'));
    const [earlier, later] = [secretOf(await print()), secretOf(await print())];
    const input = { name: 'Ana Roux', password };
    const first = { ...input, secret: earlier, email: 'ana3@valmont.fr' };
    expect((await createFirstAccount(first)).kind).toBe('done');
    const second = { ...input, secret: later, email: 'ana4@valmont.fr' };
    expect(await createFirstAccount(second)).toEqual({ kind: 'refused', code: 'link-invalid' });
  });

  it('of the operator is offered while there is none, and made once', async () => {
    const clock = fixedClock(start);
    await asSystem((tx) => tx.update(account).set({ disabledAt: start }).where(eq(account.role, 'operator')));
    const [first, second] = [await offerOperator(clock), await offerOperator(clock)];
    const input = { name: 'Luc Morel', password };
    const made = { ...input, secret: secretOf(first ?? ''), email: 'luc@exploitant.fr' };
    expect(await createFirstAccount(made, clock)).toEqual({ kind: 'done' });
    const again = { ...input, secret: secretOf(second ?? ''), email: 'other@exploitant.fr' };
    expect(await createFirstAccount(again, clock)).toEqual({ kind: 'refused', code: 'link-invalid' });
    expect(await offerOperator(clock)).toBeNull();
    const rows = await asSystem((tx) => tx.select().from(account).where(eq(account.email, made.email)));
    expect(rows).toMatchObject([{ role: 'operator', promoterId: null, cabinetId: null }]);
  });

  it('leaves the link good when the address is taken', async () => {
    const { id: promoterId } = await makePromoter();
    const taken = await makeAccount({ role: 'operator' });
    const secret = secretOf(await asSystem((tx) => issueLink(tx, 'first-account', { promoterId }, start)));
    const input = { secret, name: 'Ana Roux', email: taken.email, password };
    expect(await createFirstAccount(input)).toEqual({ kind: 'refused', code: 'email-taken' });
    expect((await createFirstAccount({ ...input, email: 'ana2@valmont.fr' })).kind).toBe('done');
  });
});
