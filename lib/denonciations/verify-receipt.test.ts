import { eq } from 'drizzle-orm';
import { afterAll, beforeAll, expect, it, vi } from 'vitest';
import { readPdf } from '@/lib/core/read-pdf.testing';
import type { PromoterId } from '@/lib/core/scope';
import type { Database } from '@/lib/db/client';
import { denonciation } from '@/lib/db/schema/all';
import { asSystem } from '@/lib/db/tenancy';
import { testDatabase } from '@/lib/db/testing';
import { findDenonciation } from './queries';
import { renderReceipt } from './render-receipt';
import { readableReference } from './rules';
import type { DenonciationDetail } from './schema';
import { acceptedDenonciation, addPartner, type Office, openOffice, testKoban } from './testing';
import { checkCode, verifyReceipt } from './verify-receipt';

vi.mock('@/lib/promoters/queries', async (original) => ({
  ...(await original<typeof import('@/lib/promoters/queries')>()),
  kobanFor: (id: PromoterId) => testKoban(id),
}));

let db: Database;
let office: Office;
let filed: DenonciationDetail;
beforeAll(async () => {
  db = await testDatabase();
  office = await openOffice();
  const partner = await addPartner([office]);
  const id = await acceptedDenonciation(partner, office);
  const found = await findDenonciation(partner, id);
  if (!found) throw new Error('Not found');
  filed = found;
});
afterAll(async () => {
  await office.close();
  await db.close();
});

it('verifies as printed, and as a person types it', async () => {
  const code = checkCode(filed);
  expect(code).toMatch(/^([0-9A-Z]{5}-){5}[0-9A-Z]$/);
  const { prospect, programme } = filed;
  expect(await verifyReceipt(code)).toEqual({
    ...{ reference: filed.reference, state: 'accepted' },
    ...{ filedAt: filed.filedAt, decidedAt: filed.decidedAt },
    // What is printed can be compared with it: another prospect's, cabinet's or programme's name shows.
    initials: `${prospect.firstName[0]}. ${prospect.lastName[0]}.`,
    ...{ promoter: programme.promoterName, programme: `${programme.label} (${programme.code})` },
    cabinet: filed.cabinetName,
  });
  expect(await verifyReceipt(code.toLowerCase().replaceAll('-', ' '))).not.toBeNull();
});

it('fails for any other letter, and for facts changed since', async () => {
  const code = checkCode(filed);
  for (let at = 0; at < code.length; at += 1) {
    if (code[at] === '-') continue;
    const forged = `${code.slice(0, at)}${code[at] === '7' ? '8' : '7'}${code.slice(at + 1)}`;
    expect(await verifyReceipt(forged), `letter ${at}`).toBeNull();
  }
  expect(await verifyReceipt('')).toBeNull();
  const set = (state: 'refused' | 'accepted') =>
    asSystem((tx) => tx.update(denonciation).set({ state }).where(eq(denonciation.id, filed.id)));
  await set('refused');
  expect(await verifyReceipt(code)).toBeNull();
  await set('accepted');
  expect(await verifyReceipt(code)).not.toBeNull();
});

it('holds in both languages, letters beyond Latin-1 too, who, what, when and the code that vouches for it', async () => {
  const named = {
    ...filed,
    prospect: { ...filed.prospect, lastName: 'Łukaszewicz-Șerban' },
    filedAt: new Date('2026-03-02T22:59:00Z'),
    decidedAt: new Date('2026-03-02T23:01:00Z'),
  };
  const { prospect, programme } = named;
  for (const [locale, days] of [
    ['fr', ['2 mars 2026', '3 mars 2026']],
    ['en', ['2 March 2026', '3 March 2026']],
  ] as const) {
    const shown = readPdf(await renderReceipt(named, locale, new Date()));
    for (const fact of [
      ...[readableReference(named.reference), named.kobanReference ?? 'no reference', checkCode(named)],
      ...[prospect.lastName, prospect.firstName, prospect.email, prospect.phone],
      ...[programme.promoterName, `${programme.label} (${programme.code})`, named.cabinetName, named.filedBy],
      ...days,
      `/api/denonciations/verify?code=${checkCode(named)}`,
    ]) {
      expect(shown).toContain(fact.replace(/\s/gu, ''));
    }
  }
});

it('says that Koban had no record of the cabinet, and only then', async () => {
  const said = async (withoutBroker: boolean) =>
    readPdf(await renderReceipt({ ...filed, live: { ...filed.live, withoutBroker } }, 'fr', new Date()));
  expect(await said(true)).toContain('enregistréesansapporteur');
  expect(await said(false)).not.toContain('apporteur');
});

it('is no acceptance while the result is unknown', async () => {
  const unknown = {
    ...filed,
    state: 'uncertain' as const,
    proof: null,
    code: 'pose-unknown',
    decidedAt: null,
  };
  const shown = readPdf(await renderReceipt(unknown, 'fr', new Date()));
  expect(shown).toContain('Cetaccusénevautpasacceptation');
  expect(shown).not.toContain('ConfirméeparKoban');
});
