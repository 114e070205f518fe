import { sql } from 'drizzle-orm';
import { timestamp, uuid } from 'drizzle-orm/pg-core';

/** An instant, `timestamptz`. */
export const instant = (name: string) => timestamp(name, { withTimezone: true, mode: 'date' });

/** A random primary key made by the database. */
export const idColumn = () => uuid('id').primaryKey().default(sql`gen_random_uuid()`);

/** When the row was made, by the database's clock. */
export const createdAtColumn = () => instant('created_at').notNull().defaultNow();
