import { eq } from 'drizzle-orm';
import { afterAll, beforeAll, expect, it, vi } from 'vitest';
import type { PromoterId } from '@/lib/core/scope';
import type { Database } from '@/lib/db/client';
import { denonciation } from '@/lib/db/schema/all';
import { asSystem } from '@/lib/db/tenancy';
import { testDatabase } from '@/lib/db/testing';
import { findDenonciation } from './queries';
import { renderReceipt } from './render-receipt';
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
  expect(await verifyReceipt(code)).toMatchObject({ reference: filed.reference, state: 'accepted' });
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

it('is a PDF in both languages, with letters beyond Latin-1', async () => {
  const named = { ...filed, prospect: { ...filed.prospect, lastName: 'Łukaszewicz-Șerban' } };
  for (const locale of ['fr', 'en'] as const) {
    const pdf = await renderReceipt(named, locale, new Date());
    expect(pdf.subarray(0, 5).toString()).toBe('%PDF-');
    expect(pdf.length).toBeGreaterThan(5_000);
  }
});
