import {
  and,
  asc,
  count,
  desc,
  eq,
  gte,
  ilike,
  inArray,
  like,
  lt,
  max,
  ne,
  or,
  type SQL,
  sql,
} from 'drizzle-orm';
import { z } from 'zod';
import { instantFromParis } from '@/lib/core/paris';
import type { StaffActor } from '@/lib/core/scope';
import { audit, cabinet, convention, operation, option } from '@/lib/db/schema/all';
import { asTenant, type TenantTx } from '@/lib/db/tenancy';
import { cabinetName } from '@/lib/partners/queries';
import { addDays } from '@/lib/partners/rules';
import type { JournalFilter, JournalLine, JournalPage } from './schema';

const PAGE = 50;
/** A spreadsheet takes a million rows; a year of a large promoter is some tens of thousands. */
const EXPORT_MOST = 100_000;
const CHUNK = 2_000;

/** One page of this promoter's journal, latest first. */
export async function readJournal(actor: StaffActor, filter: JournalFilter): Promise<JournalPage> {
  return asTenant(actor.scope, async (tx) => {
    const found = matching(actor, filter);
    const [all] = await tx.select({ n: count() }).from(audit).where(found);
    const total = all?.n ?? 0;
    const pages = Math.max(1, Math.ceil(total / PAGE));
    const page = Math.min(filter.page, pages);
    const actions = await tx
      .selectDistinct({ action: audit.action })
      .from(audit)
      .where(eq(audit.promoterId, actor.promoter))
      .orderBy(asc(audit.action));
    return {
      lines: await linesOf(tx, actor, found, PAGE, (page - 1) * PAGE),
      ...{ total, page, pages },
      actions: actions.map(({ action }) => action),
    };
  });
}

/** The same filter's whole journal, in chunks, latest first; each chunk is a transaction of its own. */
export async function* exportJournal(
  actor: StaffActor,
  filter: JournalFilter,
): AsyncGenerator<JournalLine[]> {
  let before: number | null = null;
  for (let sent = 0; sent < EXPORT_MOST; sent += CHUNK) {
    const older: SQL | undefined = before === null ? undefined : lt(audit.id, before);
    const lines: JournalLine[] = await asTenant(actor.scope, (tx) =>
      linesOf(tx, actor, and(matching(actor, filter), older), CHUNK, 0),
    );
    yield lines;
    before = lines.at(-1)?.id ?? null;
    if (lines.length < CHUNK) return;
  }
}

async function linesOf(
  tx: TenantTx,
  actor: StaffActor,
  where: SQL | undefined,
  limit: number,
  offset: number,
): Promise<JournalLine[]> {
  const lines = await tx
    .select({
      id: audit.id,
      at: audit.at,
      actorKind: audit.actorKind,
      actorName: audit.actorName,
      action: audit.action,
      subjectType: audit.subjectType,
      subjectId: audit.subjectId,
      cabinet: sql<string | null>`case when ${convention.id} is null then null else ${cabinetName} end`,
      facts: audit.facts,
    })
    .from(audit)
    .leftJoin(
      convention,
      and(eq(convention.promoterId, audit.promoterId), eq(convention.cabinetId, audit.cabinetId)),
    )
    .leftJoin(cabinet, eq(cabinet.id, convention.cabinetId))
    .where(where)
    .orderBy(desc(audit.id))
    .limit(limit)
    .offset(offset);
  const notes = await notesOf(tx, actor, lines);
  const reasons = await reasonsOf(tx, actor, lines);
  return lines.map((line) => ({
    ...line,
    note:
      notes.get(line.id) ?? (line.action === 'option.cancelled' ? reasons.get(line.subjectId) : null) ?? null,
  }));
}

/** The notes with which colleagues judged acts, by the line that tells of it: where one act was judged twice, the later. */
async function notesOf(tx: TenantTx, actor: StaffActor, lines: readonly Omit<JournalLine, 'note'>[]) {
  const judged = lines.filter(({ actorKind, facts }) => actorKind === 'staff' && facts?.operation);
  if (judged.length === 0) return new Map<number, string | null>();
  const rows = await tx
    .select({ line: max(audit.id), note: operation.judgement })
    .from(operation)
    .innerJoin(
      audit,
      and(
        eq(audit.promoterId, operation.promoterId),
        eq(audit.actorAccount, operation.judgedBy),
        sql`${audit.facts} ->> 'operation' = ${operation.id}::text`,
      ),
    )
    .where(
      and(
        eq(operation.promoterId, actor.promoter),
        inArray(
          operation.id,
          judged.map(({ facts }) => String(facts?.operation)),
        ),
        inArray(audit.subjectType, [...new Set(judged.map(({ subjectType }) => subjectType))]),
        inArray(
          audit.subjectId,
          judged.map(({ subjectId }) => subjectId),
        ),
      ),
    )
    .groupBy(operation.id, operation.judgement);
  return new Map(rows.flatMap(({ line, note }) => (line === null ? [] : [[line, note] as const])));
}

/** Why partners gave options back, by option: kept with it and not with the line, which is for good. */
async function reasonsOf(tx: TenantTx, actor: StaffActor, lines: readonly Omit<JournalLine, 'note'>[]) {
  const ended = lines.filter(({ action }) => action === 'option.cancelled');
  const ids = ended.map(({ subjectId }) => subjectId).filter((id) => z.uuid().safeParse(id).success);
  if (ids.length === 0) return new Map<string, string | null>();
  const rows = await tx
    .select({ id: option.id, reason: option.cancelReason })
    .from(option)
    .where(
      and(eq(option.promoterId, actor.promoter), inArray(option.id, ids), ne(option.endedBy, 'promoter')),
    );
  return new Map(rows.map(({ id, reason }) => [id, reason]));
}

function matching(actor: StaffActor, filter: JournalFilter): SQL | undefined {
  const { from, until, action } = filter;
  return and(
    eq(audit.promoterId, actor.promoter),
    from === null ? undefined : gte(audit.at, midnight(from)),
    until === null ? undefined : lt(audit.at, midnight(addDays(until, 1))),
    filter.actor === '' ? undefined : ilike(audit.actorName, inside(filter.actor)),
    // A noun alone (« option ») stands for every action on it.
    action === null
      ? undefined
      : action.includes('.')
        ? eq(audit.action, action)
        : like(audit.action, `${action}.%`),
    filter.subject === ''
      ? undefined
      : or(
          ilike(audit.subjectId, inside(filter.subject)),
          sql`${audit.facts}::text ilike ${inside(filter.subject)}`,
        ),
  );
}

/** What the person typed, anywhere in the text; their own `%` and `_` stand for themselves. */
const inside = (typed: string) => `%${typed.replace(/[\\%_]/g, (sign) => `\\${sign}`)}%`;

function midnight(day: string): Date {
  const [year = 0, month = 0, date = 0] = day.split('-').map(Number);
  return instantFromParis({ year, month, day: date, hour: 0, minute: 0, second: 0, millisecond: 0 });
}
