import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { PGlite } from '@electric-sql/pglite';
import { afterAll, beforeAll, expect, it } from 'vitest';

const folder = join(process.cwd(), 'lib/db/migrations');
const statements = (name: string) =>
  readFileSync(join(folder, `${name}.sql`), 'utf8').split('--> statement-breakpoint');

let db: PGlite;
beforeAll(async () => {
  db = await PGlite.create('memory://');
  await db.exec('create role parvis_app nologin; create role parvis_system nologin');
  for (const statement of statements('0000_init')) await db.exec(statement);
});
afterAll(() => db.close());

it('gives each dénonciation filed before its own hour of agreement, also to an owner bound by row security', async () => {
  const id = (digit: number) => `'00000000-0000-4000-8000-00000000000${digit}'`;
  await db.exec(`
    insert into promoter (id, slug, name, koban_url, koban_keys_sealed, koban_account, webhook_token, webhook_secret_sealed, settings)
      values (${id(1)}, 'p', 'P', 'u', 'k', 'a', 't', 's', '{}');
    insert into cabinet (id, name) values (${id(2)}, 'C');
    insert into account (id, email, name, role, cabinet_id) values (${id(3)}, 'e', 'N', 'adviser', ${id(2)});
    insert into prospect (id, promoter_id, cabinet_id, account_id, extcode, last_name, first_name, email, phone, consent_at, search)
      values (${id(4)}, ${id(1)}, ${id(2)}, ${id(3)}, 'x', 'L', 'F', 'e', 'p', '2026-11-20T10:00:00Z', 's');`);
  for (const [digit, day] of [
    [5, 12],
    [6, 20],
  ] as const) {
    await db.exec(`
      insert into operation (id, promoter_id, cabinet_id, account_id, kind, koban_account, form_key, request_hash, programme_code, phase, data, created_at)
        values (${id(digit)}, ${id(1)}, ${id(2)}, ${id(3)}, 'denonciation', 'a', ${id(digit)}, 'h', 'P${digit}', 'check', '{}', '2026-11-${day}T10:00:01Z');
      insert into denonciation (promoter_id, cabinet_id, account_id, operation_id, reference, prospect_id, programme_code, wish, filed_at)
        values (${id(1)}, ${id(2)}, ${id(3)}, ${id(digit)}, 'r${digit}', ${id(4)}, 'P${digit}', '{}', '2026-11-${day}T10:00:01Z');`);
  }
  // A PostgreSQL owner is no superuser, and the portal forces row security upon it.
  await db.exec(`
    create role keeper; grant all on schema public to keeper;
    alter table denonciation owner to keeper; alter table prospect owner to keeper; alter table operation owner to keeper;
    alter table denonciation force row level security; alter table prospect force row level security; alter table operation force row level security;
    set role keeper`);
  for (const statement of statements('0001_consent_of_each_denonciation')) await db.exec(statement);
  await db.exec('reset role');
  const { rows } = await db.query<{ consent: string; asked: string }>(
    `select to_char(consent_at at time zone 'UTC', 'DD') consent, to_char(asked_at at time zone 'UTC', 'DD') asked
      from denonciation join operation on operation.id = operation_id order by filed_at`,
  );
  expect(rows).toEqual([
    { consent: '12', asked: '12' },
    { consent: '20', asked: '20' },
  ]);
});
