import { eq } from 'drizzle-orm';
import type { PromoterId, SystemActor } from '@/lib/core/scope';
import { account, notification } from '@/lib/db/schema/all';
import { asSystem, asTenant, type TenantTx } from '@/lib/db/tenancy';
import { stillChanged, stillFree } from './collect-lots';
import { mayHear, peopleOf } from './deliver-notices';
import { readDenonciations, readOptions, readReservations } from './read-acts';
import { codeOfDenonciation, codeOfOption, codeOfReservation, type Deed } from './rules';
import { type NoticeCode, type NoticeParams, noticeCodeSchema, noticeParamsSchema } from './schema';

/**
 * Whether what a notice says is still so, and whether its person may still be told: read anew before each try to send it.
 * @param mint makes the job's actor for the promoter of the notice
 */
export async function verifyNotice(
  id: number,
  mint: (promoterId: string) => SystemActor,
  now: Date,
): Promise<boolean> {
  const [row] = await asSystem((tx) =>
    tx
      .select({
        promoterId: notification.promoterId,
        accountId: notification.accountId,
        cabinet: account.cabinetId,
        code: notification.code,
        params: notification.params,
        once: notification.onceKey,
      })
      .from(notification)
      .innerJoin(account, eq(account.id, notification.accountId))
      .where(eq(notification.id, id)),
  );
  const code = noticeCodeSchema.safeParse(row?.code).data;
  if (!row?.cabinet || !code) return false;
  const { cabinet, accountId } = row;
  const actor = mint(row.promoterId);
  const people = await asSystem((tx) => peopleOf(tx, actor.promoter, [cabinet]));
  const person = people.find((one) => one.id === accountId);
  if (!person) return false;
  const notice = { code, params: noticeParamsSchema.parse(row.params), once: row.once };
  return asTenant(actor.scope, async (tx) => {
    if (!code.startsWith('lot-')) return actStands(tx, actor.promoter, notice, now);
    // The alert or the change that was told.
    const of = Number(row.once.split(':').at(-1));
    const programme = await (code === 'lot-freed' ? stillFree : stillChanged)(tx, actor.promoter, of);
    return programme !== null && mayHear(person, programme);
  });
}

type Notice = { code: NoticeCode; params: NoticeParams; once: string };

/** Sentences that name the end of an option, and those that name its rank. */
const namesEnd: ReadonlySet<NoticeCode> = new Set([
  'option-placed',
  'option-by-promoter',
  'option-restored',
  'option-ending-day',
  'option-ending-hours',
  'resolved-placed',
  'resolved-prolonged',
  'resolved-not-cancelled',
  'resolved-not-prolonged',
]);
const namesRank: ReadonlySet<NoticeCode> = new Set([
  'option-placed',
  'option-by-promoter',
  'resolved-placed',
]);

/** Whether the act named by a notice's once key, « subject:id:verb… », would be told in the same words now. */
async function actStands(
  tx: TenantTx,
  promoterId: PromoterId,
  { code, params, once }: Notice,
  now: Date,
): Promise<boolean> {
  const [subject, id = '', verb = '', more = ''] = once.split(':');
  const rank = verb === 'rank-moved' ? Number(more) : null;
  const how = verb === 'placed' && more !== '' ? more : null;
  // Who did it no longer matters: it tells apart two ways to say the same.
  const says = (codeOf: (deed: Deed) => NoticeCode | null) =>
    [true, false].some((byPartner) => codeOf({ verb, byPartner, settled: true, rank, code: how }) === code);
  switch (subject) {
    case 'denonciation': {
      const one = (await readDenonciations(tx, promoterId, [id])).get(id);
      return one !== undefined && says((deed) => codeOfDenonciation(deed, one));
    }
    case 'option': {
      const held = (await readOptions(tx, promoterId, [id])).get(id);
      if (!held) return false;
      if (namesEnd.has(code) && held.until.toISOString() !== params.until) return false;
      // A sentence that left the rank open stays true once it is shown.
      if (namesRank.has(code) && params.rank !== null && held.rank !== params.rank) return false;
      if (code === 'option-ending-day' || code === 'option-ending-hours')
        return held.state === 'placed' && now < held.until;
      return says((deed) => codeOfOption(deed, held));
    }
    case 'reservation': {
      const file = (await readReservations(tx, promoterId, [id])).get(id);
      return file !== undefined && says((deed) => codeOfReservation(deed, file));
    }
    default:
      return false;
  }
}
