import { randomUUID } from 'node:crypto';
import { afterAll, beforeAll, expect, it } from 'vitest';
import type { PartnerActor } from '@/lib/core/scope';
import type { Database } from '@/lib/db/client';
import { testDatabase } from '@/lib/db/testing';
import { fileDenonciations } from './file-denonciations';
import { keepRefusals, readRefusals } from './keep-refusals';
import { denonciationsOfForm } from './queries';
import { type DenonciationForm, denonciationSchema } from './schema';
import { addPartner, formFor, type Office, openOffice } from './testing';

let db: Database;
let office: Office;
beforeAll(async () => {
  db = await testDatabase();
  office = await openOffice();
});
afterAll(async () => {
  await office.close();
  await db.close();
});

/** As the action does: what was filed, then what was not. */
async function send(actor: PartnerActor, form: DenonciationForm) {
  const filings = await fileDenonciations(actor, denonciationSchema.parse(form));
  await keepRefusals(actor, form.formKey, filings);
  return filings.flatMap((filing) => (filing.kind === 'filed' ? [filing.id] : []));
}

it('a form is read again by its key: its acts, and what it was refused', async () => {
  const actor = await addPartner([office]);
  const form = formFor(office);
  const [first] = await send(actor, form);
  const { formKey } = form;
  expect(await denonciationsOfForm(actor, formKey)).toEqual([{ id: first }]);
  expect(await readRefusals(actor, formKey)).toEqual([]);

  const programmes = office.programmes.map((code) => ({ promoter: office.slug, code }));
  const wider = { ...form, formKey: randomUUID(), programmes };
  const filed = await send(actor, wider);
  expect(filed).toHaveLength(1);
  expect(await denonciationsOfForm(actor, wider.formKey)).toEqual(filed.map((id) => ({ id })));
  expect(await readRefusals(actor, wider.formKey)).toEqual([
    { programme: programmes[0], code: 'act-under-way', id: first },
  ]);
});

it('the last answer to a form holds', async () => {
  const actor = await addPartner([office]);
  const formKey = randomUUID();
  const programme = { promoter: office.slug, code: office.programmes[0] ?? '' };
  await keepRefusals(actor, formKey, [{ kind: 'refused', programme, code: 'act-under-way', id: null }]);
  expect(await readRefusals(actor, formKey)).toHaveLength(1);
  await keepRefusals(actor, formKey, []);
  expect(await readRefusals(actor, formKey)).toEqual([]);
});

it('a form’s key opens nothing to another person', async () => {
  const actor = await addPartner([office]);
  const stranger = await addPartner([office]);
  const form = formFor(office);
  await send(actor, form);
  const programme = { promoter: office.slug, code: office.programmes[0] ?? '' };
  await keepRefusals(actor, form.formKey, [{ kind: 'refused', programme, code: 'already-ours', id: null }]);
  expect(await denonciationsOfForm(stranger, form.formKey)).toEqual([]);
  expect(await readRefusals(stranger, form.formKey)).toEqual([]);
});
