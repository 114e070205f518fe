import { randomUUID } from 'node:crypto';
import { and, desc, eq } from 'drizzle-orm';
import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { accountState, forgetAccounts } from '@/lib/auth/account-state';
import { hashPassword } from '@/lib/auth/password';
import { makeAccount, makeCabinet, makeConvention, makePromoter, makeStaff } from '@/lib/auth/testing';
import type { StaffActor } from '@/lib/core/scope';
import type { Database } from '@/lib/db/client';
import { account, mail, partnerAccess } from '@/lib/db/schema/all';
import { asSystem, asTenant } from '@/lib/db/tenancy';
import { testDatabase } from '@/lib/db/testing';
import { findCabinet } from '@/lib/partners/queries';
import { changeAccess } from './change-access';
import { choosePassword } from './choose-password';
import { invitePartner } from './invite-partner';
import { signIn } from './sign-in';

const password = 'une girafe traverse la cour';
let db: Database;
let ours: StaffActor;
let theirs: StaffActor;
/** A cabinet with a convention at both promoters. */
let both: string;
beforeAll(async () => {
  db = await testDatabase();
});
afterAll(() => db.close());
beforeEach(async () => {
  const [a, b] = [await makePromoter('Valmont'), await makePromoter('Littoral')];
  [ours, theirs] = [await makeStaff(a.id), await makeStaff(b.id)];
  both = await makeCabinet('Ormeau Patrimoine');
  for (const { id } of [a, b]) await makeConvention(both, id);
});

const newAddress = () => `${randomUUID().slice(0, 8)}@exemple.fr`;
const person = (email = newAddress(), cabinetId = both) =>
  ({ cabinetId, email, name: 'Inès Vallet', role: 'adviser' }) as const;
const invite = (actor: StaffActor, input: ReturnType<typeof person>) => invitePartner(actor, input, 'fr');
const listed = async (actor: StaffActor, email: string, cabinetId = both) =>
  (await findCabinet(actor, cabinetId, new Date()))?.members.find((one) => one.email === email) ?? null;
const lastMail = async (to: string) => {
  const [row] = await asSystem((tx) =>
    tx.select().from(mail).where(eq(mail.recipient, to)).orderBy(desc(mail.createdAt)).limit(1),
  );
  return row ?? null;
};
const accountOf = async (email: string) => {
  const [row] = await asSystem((tx) => tx.select().from(account).where(eq(account.email, email)));
  return row ?? null;
};
const promotersOf = async (id: string) =>
  (await accountState(id))?.conventions.map(({ promoterId }) => promoterId).sort() ?? [];
const act = (actor: StaffActor, id: string, what: 'close' | 'open' | 'invite', cabinetId = both) =>
  changeAccess(actor, { cabinetId, id, act: what }, 'fr');

describe('an invitation', () => {
  it('makes an account, sends its link, and is over when the person signs in', async () => {
    const { email } = person();
    expect(await invite(ours, person(email))).toEqual({ kind: 'done' });
    expect(await listed(ours, email)).toMatchObject({ name: 'Inès Vallet', state: 'invited' });
    const secret = (await lastMail(email))?.text.match(/\/invitation\/([\w-]+)/)?.[1] ?? '';
    expect(await choosePassword('invitation', { secret, password })).toMatchObject({ kind: 'done' });
    const signed = await signIn({ email, password }, { network: '192.0.2', device: null });
    expect(signed.kind).toBe('done');
    expect(await listed(ours, email)).toMatchObject({ state: 'open' });
  });

  it('lets the person in here, and nowhere else', async () => {
    const { email } = person();
    await invite(ours, person(email));
    const made = await accountOf(email);
    expect(await promotersOf(made?.id ?? '')).toEqual([ours.promoter]);
    expect(await listed(theirs, email)).toBeNull();
    const hidden = await asTenant(theirs.scope, (tx) =>
      tx
        .select()
        .from(partnerAccess)
        .where(eq(partnerAccess.accountId, made?.id ?? '')),
    );
    expect(hidden.map(({ email: shown, name }) => [shown, name])).toEqual([[null, null]]);
  });

  it('opens a colleague’s account without telling that there was one', async () => {
    const input = person();
    await invite(theirs, input);
    const [before] = [await accountOf(input.email)];
    const asManager = { ...input, role: 'manager' as const, name: 'I. Vallet' };
    expect(await invitePartner(ours, asManager, 'fr')).toEqual({ kind: 'done' });
    const after = await accountOf(input.email);
    // The rights and the name that the other promoter gave stay as they are.
    expect(after).toEqual(before);
    expect(await listed(ours, input.email)).toMatchObject({
      ...{ name: 'I. Vallet', role: 'manager', state: 'invited' },
    });
    expect(await promotersOf(after?.id ?? '')).toEqual([ours.promoter, theirs.promoter].sort());
  });

  it('answers the same for an address that serves in another firm, and writes to its owner alone', async () => {
    const elsewhere = await makeAccount({ role: 'adviser', cabinetId: await makeCabinet('Autre') });
    expect(await invite(ours, person(elsewhere.email))).toEqual({ kind: 'done' });
    expect(await listed(ours, elsewhere.email)).toMatchObject({ name: 'Inès Vallet', state: 'invited' });
    expect((await lastMail(elsewhere.email))?.text).toContain('autre société');
    expect(await promotersOf(elsewhere.id)).toEqual([]);
    const row = await listed(ours, elsewhere.email);
    expect(await act(ours, row?.id ?? '', 'close')).toBe(true);
    expect(await listed(ours, elsewhere.email)).toMatchObject({ state: 'closed' });
  });

  it('is refused for one of the promoter’s own partners', async () => {
    const input = person();
    await invite(ours, input);
    expect(await invite(ours, input)).toEqual({ kind: 'refused', code: 'already-known' });
    const provisioned = await makeAccount({ role: 'adviser', cabinetId: both });
    const known = await invite(ours, person(provisioned.email));
    expect(known).toEqual({ kind: 'refused', code: 'already-known' });
  });

  it('cannot be sent into a cabinet of another promoter', async () => {
    const foreign = await makeCabinet('Lemoine');
    await makeConvention(foreign, theirs.promoter);
    const input = person(newAddress(), foreign);
    expect(await invite(ours, input)).toEqual({ kind: 'refused', code: 'unknown-cabinet' });
    expect(await accountOf(input.email)).toBeNull();
    expect(await lastMail(input.email)).toBeNull();
  });
});

describe('closing a person’s access', () => {
  it('takes this promoter away at once, and leaves the account and the others', async () => {
    const hash = await hashPassword(password);
    const provisioned = await makeAccount({ role: 'adviser', cabinetId: both }, { passwordHash: hash });
    forgetAccounts();
    expect(await promotersOf(provisioned.id)).toEqual([ours.promoter, theirs.promoter].sort());
    expect(await act(ours, provisioned.id, 'close')).toBe(true);
    expect(await promotersOf(provisioned.id)).toEqual([theirs.promoter]);
    expect((await accountOf(provisioned.email))?.disabledAt).toBeNull();
    const credentials = { email: provisioned.email, password };
    expect((await signIn(credentials, { network: '192.0.2', device: null })).kind).toBe('done');
    expect(await listed(theirs, provisioned.email)).toMatchObject({ state: 'open' });
    const row = await listed(ours, provisioned.email);
    expect(row).toMatchObject({ state: 'closed' });
    expect(await act(ours, row?.id ?? '', 'close')).toBe(false);
    expect(await act(ours, row?.id ?? '', 'open')).toBe(true);
    expect(await promotersOf(provisioned.id)).toEqual([ours.promoter, theirs.promoter].sort());
  });

  it('is nothing that another promoter can do, by any id that it may guess', async () => {
    const input = person();
    await invite(ours, input);
    const made = await accountOf(input.email);
    const row = await listed(ours, input.email);
    for (const id of [made?.id ?? '', row?.id ?? '']) {
      for (const what of ['close', 'open', 'invite'] as const)
        expect(await act(theirs, id, what)).toBe(false);
    }
    const [hidden] = await asSystem((tx) =>
      tx
        .select({ id: partnerAccess.id })
        .from(partnerAccess)
        .where(
          and(eq(partnerAccess.promoterId, theirs.promoter), eq(partnerAccess.accountId, made?.id ?? '')),
        ),
    );
    expect(await act(theirs, hidden?.id ?? '', 'open')).toBe(false);
    expect(await promotersOf(made?.id ?? '')).toEqual([ours.promoter]);
    // Nor a person of a cabinet that one has a convention with, through a cabinet that they are not of.
    const other = await makeCabinet('Autre');
    await makeConvention(other, theirs.promoter);
    expect(await act(theirs, made?.id ?? '', 'close', other)).toBe(false);
  });
});
