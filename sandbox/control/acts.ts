import { z } from 'zod';
import { changePrice, changeStatus, restoreLot, withdrawLot, writeLots } from '../core/lots';
import { cancelOption, placeOption, prolongOption } from '../core/options';
import { placePreresv, validatePreresv, withdrawPreresv } from '../core/reservations';
import { announceLead, createDenonciation, findProspect, writeThird } from '../core/thirds';
import type { Scene } from '../core/world';

/** A person as the API names it; found by e-mail or phone, created when unknown. */
export const personSchema = z.object({
  Label: z.string().default('Rival'),
  FirstName: z.string().optional(),
  EMail: z.string().optional(),
  Phone: z.string().optional(),
});
export type Person = z.infer<typeof personSchema>;

const person = personSchema.default({ Label: 'Rival', EMail: 'rival@exemple.fr' });
const lot = z.object({ lot: z.coerce.string() });
const anyRank = z.int().min(1).max(2);
const rank = anyRank.default(1);
const instant = z.union([z.number(), z.iso.datetime({ offset: true }).transform((text) => Date.parse(text))]);

type Outcome = { success: boolean } & Record<string, unknown>;
type Act = (scene: Scene, input: unknown) => Outcome;

function act<Schema extends z.ZodType>(
  schema: Schema,
  run: (scene: Scene, input: z.output<Schema>) => Outcome,
): Act {
  return (scene, input) => run(scene, schema.parse(input));
}

/** The third that this person is, created when the account does not know it. */
export function thirdFor(scene: Scene, who: Person): string {
  const known = findProspect(scene.account, { EMail: who.EMail, Phone: who.Phone });
  if (known) return known.guid;
  const { third } = writeThird(scene, 'Guid', { ...who, Status: { Code: 'PROSPECT' } });
  if (!third) throw new Error('The person was not created');
  return third.guid;
}

function onLot(
  scene: Scene,
  extcode: string,
  run: (lot: NonNullable<ReturnType<Scene['account']['lot']>>) => void,
): Outcome {
  const found = scene.account.lotEvenWithdrawn(extcode);
  if (!found) return { success: false, message: 'Lot introuvable' };
  run(found);
  return { success: true };
}

/** What tests may do as the promoter's salesman or as a rival, by name. */
export const acts: Record<string, Act> = {
  'place-option': act(
    lot.extend({ rank: anyRank.optional(), third: person, at: instant.optional() }),
    (scene, input) => {
      const taken = scene.account.lot(input.lot)?.options.some((option) => option.rank === 1) ?? false;
      return placeOption(scene, {
        extcode: input.lot,
        thirdGuid: thirdFor(scene, input.third),
        rank: input.rank ?? (taken ? 2 : 1),
        placedAt: input.at ?? scene.world.clock.now(),
        partGuid: null,
      });
    },
  ),
  'cancel-option': act(lot.extend({ rank }), (scene, input) => cancelOption(scene, input.lot, input.rank)),
  'prolong-option': act(lot.extend({ rank, until: instant }), (scene, input) =>
    prolongOption(scene, input.lot, input.rank, input.until),
  ),
  denounce: act(z.object({ programme: z.string(), third: person }), (scene, { programme, third }) => {
    thirdFor(scene, third);
    const { Success, Message } = createDenonciation(scene, { ...third, Process: { Code: programme } });
    return { success: Success, message: Message };
  }),
  'create-third': act(z.object({ third: person }), (scene, { third }) => ({
    success: true,
    guid: thirdFor(scene, third),
  })),
  'set-price': act(lot.extend({ priceCents: z.int().nonnegative() }), (scene, input) =>
    onLot(scene, input.lot, (found) => changePrice(scene, found, input.priceCents)),
  ),
  'set-status': act(lot.extend({ status: z.string().min(1) }), (scene, input) =>
    onLot(scene, input.lot, (found) => changeStatus(scene, found, input.status)),
  ),
  'withdraw-lot': act(lot, (scene, input) => onLot(scene, input.lot, (found) => withdrawLot(scene, found))),
  'restore-lot': act(lot, (scene, input) => onLot(scene, input.lot, (found) => restoreLot(scene, found))),
  'add-lots': act(
    z.object({ programme: z.string(), count: z.int().min(1).max(100_000), prefix: z.string().default('X') }),
    (scene, { programme, count, prefix }) => addLots(scene, programme, count, prefix),
  ),
  'place-preresv': act(lot.extend({ third: person }), (scene, input) =>
    placePreresv(scene, {
      extcode: input.lot,
      thirdGuid: thirdFor(scene, input.third),
      partGuid: null,
      file: {},
    }),
  ),
  'validate-reservation': act(lot, (scene, input) => validatePreresv(scene, input.lot)),
  'withdraw-reservation': act(lot, (scene, input) =>
    withdrawPreresv(scene, input.lot, scene.account.lot(input.lot)?.preresv?.thirdGuid ?? ''),
  ),
  lead: act(z.record(z.string(), z.unknown()), (scene, lead) => {
    announceLead(scene, lead);
    return { success: true };
  }),
};

function addLots(scene: Scene, programme: string, count: number, prefix: string): Outcome {
  for (let start = 0; start < count; start += 100) {
    const batch = Array.from({ length: Math.min(100, count - start) }, (_, index) => ({
      Extcode: `${programme}-${prefix}${start + index + 1}`,
      Label: `${prefix}${start + index + 1}`,
      Process: { Code: programme },
      Status: { Code: 'LIBRE' },
      Amountprev: 200_000 + ((start + index) % 400) * 500,
      Tags: [
        { TagCategory: 'NBPIECES', Label: String(1 + ((start + index) % 5)) },
        { TagCategory: 'TPLOG', Label: 'Appartement' },
        { TagCategory: 'ETAGE', Label: String((start + index) % 12) },
      ],
    }));
    const { Success, Message } = writeLots(scene, 'Extcode', batch);
    if (!Success) return { success: false, message: Message };
  }
  return { success: true, added: count };
}
