import type { PartnerActor } from '@/lib/core/scope';
import { notificationChoice } from '@/lib/db/schema/all';
import { asSystem } from '@/lib/db/tenancy';
import { choicesOf } from './queries';
import { completeChoices } from './rules';
import type { ChoiceInput } from './schema';

/** Turns one way of being told of one kind on or off, for this person. The other ways of the kind stay as they are. */
export async function saveChoice(actor: PartnerActor, { kind, way, on }: ChoiceInput): Promise<void> {
  const before = completeChoices(await choicesOf(actor.account))[kind];
  await asSystem((tx) =>
    tx
      .insert(notificationChoice)
      .values({ accountId: actor.account, kind, ...before, [way]: on })
      .onConflictDoUpdate({
        target: [notificationChoice.accountId, notificationChoice.kind],
        set: { [way]: on },
      }),
  );
}
