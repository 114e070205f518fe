import { sql } from 'drizzle-orm';
import { pgPolicy, pgRole } from 'drizzle-orm/pg-core';

/** Role of everything done for a person, a webhook or one promoter's job: neither owner nor superuser. */
export const appRole = pgRole('parvis_app').existing();
/** Role of work that spans tenants: sign-in, provisioning, finding due work. */
export const systemRole = pgRole('parvis_system').existing();

const promoters = sql`string_to_array(nullif(current_setting('parvis.promoters', true), ''), ',')::uuid[]`;
const inPromoters = (column: string) => sql`${sql.raw(column)} = any(${promoters})`;
// `nullif` on both sides: the planner may evaluate the cast even where the first half already holds.
const inCabinet = sql`nullif(current_setting('parvis.cabinet', true), '') is null or cabinet_id = nullif(current_setting('parvis.cabinet', true), '')::uuid`;

const forSystem = (table: string) =>
  pgPolicy(`${table}_system`, { to: systemRole, using: sql`true`, withCheck: sql`true` });

/** Rows of the scope's promoters only. */
export const promoterPolicies = (table: string, column = 'promoter_id') => [
  pgPolicy(`${table}_tenant`, {
    to: appRole,
    using: inPromoters(column),
    withCheck: inPromoters(column),
  }),
  forSystem(table),
];

/** Rows of the scope's promoters and, when the scope names one, of its cabinet only. */
export const cabinetPolicies = (table: string) => [
  pgPolicy(`${table}_tenant`, {
    to: appRole,
    using: sql`${inPromoters('promoter_id')} and (${inCabinet})`,
    withCheck: sql`${inPromoters('promoter_id')} and (${inCabinet})`,
  }),
  forSystem(table),
];

/** Rows of the whole deployment: readable in a tenant's scope, written by the system role only. */
export const sharedPolicies = (table: string) => [
  pgPolicy(`${table}_read`, { for: 'select', to: appRole, using: sql`true` }),
  forSystem(table),
];

/** Rows that no tenant's scope may see at all. */
export const systemPolicies = (table: string) => [forSystem(table)];
