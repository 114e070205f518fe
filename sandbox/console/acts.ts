import { thirdFor } from '../control/acts';
import { fromParis } from '../core/dates';
import { changePrice, changeStatus, restoreLot, withdrawLot } from '../core/lots';
import type { Lot } from '../core/model';
import { cancelOption, type OptionAnswer, placeOption, prolongOption } from '../core/options';
import { placePreresv, validatePreresv, withdrawPreresv } from '../core/reservations';
import type { Scene } from '../core/world';

export type Flash = { good: boolean; text: string };
type Form = (name: string) => string;
type ConsoleAct = (scene: Scene, lot: Lot, form: Form) => Flash | Promise<Flash>;

const done = (answer: OptionAnswer, text: string): Flash =>
  answer.success ? { good: true, text } : { good: false, text: `Refusé : ${answer.message ?? 'sans motif'}` };

/** The person of the form: one chosen among known prospects, or a new one. Null when neither is given. */
function personOf(scene: Scene, form: Form): string | null {
  if (form('known') !== '') return scene.account.thirds.has(form('known')) ? form('known') : null;
  if (form('Label') === '') return null;
  return thirdFor(scene, {
    Label: form('Label'),
    ...(form('FirstName') === '' ? {} : { FirstName: form('FirstName') }),
    ...(form('EMail') === '' ? {} : { EMail: form('EMail') }),
    ...(form('Phone') === '' ? {} : { Phone: form('Phone') }),
  });
}

const nobody: Flash = { good: false, text: 'Indiquez le nom du prospect, ou choisissez un prospect connu.' };

/** Asks the portal first (DOC), then places. A portal that does not answer does not stop Koban (ASSUMED). */
async function place(scene: Scene, lot: Lot, form: Form): Promise<Flash> {
  const answer = await scene.world.webhooks.askOption(scene.account, lot.extcode);
  if (answer?.reachable && !answer.status)
    return {
      good: false,
      text: 'Le portail a répondu « non » à la vérification préalable : option non posée.',
    };
  const heard =
    answer === null
      ? ''
      : answer.reachable
        ? ` Le portail avait répondu « oui »${answer.rank === null ? '' : `, rang ${answer.rank}`}.`
        : ' Le portail n’a pas répondu à la vérification préalable.';
  const thirdGuid = personOf(scene, form);
  if (thirdGuid === null) return nobody;
  const placed = placeOption(scene, {
    extcode: lot.extcode,
    thirdGuid,
    rank: lot.options.some((option) => option.rank === 1) ? 2 : 1,
    placedAt: scene.world.clock.now(),
    partGuid: null,
  });
  const flash = done(placed, `Option de rang ${placed.option?.rank ?? ''} posée.`);
  return { ...flash, text: flash.text + heard };
}

/** What the salesman may do to a lot, by the last part of the form's address. */
export const consoleActs: Record<string, ConsoleAct> = {
  'poser-option': place,
  'annuler-option': (scene, lot, form) =>
    done(cancelOption(scene, lot.extcode, Number(form('rank'))), `Option de rang ${form('rank')} annulée.`),
  'prolonger-option': (scene, lot, form) => {
    const until = fromParis(form('until'));
    if (until === null) return { good: false, text: 'Date de prolongation illisible.' };
    return done(
      prolongOption(scene, lot.extcode, Number(form('rank')), until),
      `Option de rang ${form('rank')} prolongée.`,
    );
  },
  prix: (scene, lot, form) => {
    const euros = Number(
      form('price')
        .replace(/[\s\u00a0\u202f€]/g, '')
        .replace(',', '.'),
    );
    if (!Number.isFinite(euros) || euros <= 0) return { good: false, text: 'Prix illisible.' };
    changePrice(scene, lot, Math.round(euros * 100));
    return { good: true, text: 'Prix modifié.' };
  },
  statut: (scene, lot, form) => {
    if (form('status') === '') return { good: false, text: 'Choisissez un statut.' };
    changeStatus(scene, lot, form('status'));
    return { good: true, text: 'Statut modifié.' };
  },
  retirer: (scene, lot) => {
    withdrawLot(scene, lot);
    return { good: true, text: 'Lot retiré : Koban ne le liste plus.' };
  },
  remettre: (scene, lot) => {
    restoreLot(scene, lot);
    return { good: true, text: 'Lot remis en vente.' };
  },
  prereserver: (scene, lot, form) => {
    const thirdGuid = personOf(scene, form);
    if (thirdGuid === null) return nobody;
    return done(
      placePreresv(scene, { extcode: lot.extcode, thirdGuid, partGuid: null, file: {} }),
      'Lot préréservé.',
    );
  },
  'valider-reservation': (scene, lot) => done(validatePreresv(scene, lot.extcode), 'Réservation validée.'),
  desister: (scene, lot) =>
    done(
      withdrawPreresv(scene, lot.extcode, lot.preresv?.thirdGuid ?? ''),
      'Désistement enregistré, lot libre.',
    ),
};
