import {
  type ChoiceKind,
  type Choices,
  choiceKinds,
  type NoticeCode,
  type NoticeKind,
  type Ways,
} from './schema';

const all: Ways = { portal: true, mail: true, push: true };
const quiet: Ways = { portal: true, mail: false, push: false };
const written: Ways = { portal: true, mail: true, push: false };

/** By which ways a person is told who has chosen nothing. A push comes only to a browser that was allowed to show it. */
const byDefault: Record<ChoiceKind, Ways> = {
  denonciation: quiet,
  'option-accepted': written,
  'option-expiring': all,
  'option-ended': all,
  'option-cancelled': all,
  'rank-moved': all,
  'act-resolved': all,
  reservation: written,
  'lot-freed': all,
  'lot-price': quiet,
  'lot-withdrawn': written,
  // The acts of a manager's advisers.
  cabinet: quiet,
};

/** A person's own choices, completed with the portal's. */
export function completeChoices(choices: Choices): Record<ChoiceKind, Ways> {
  return Object.fromEntries(choiceKinds.map((kind) => [kind, choices[kind] ?? byDefault[kind]])) as Record<
    ChoiceKind,
    Ways
  >;
}

/** The kind of each sentence: what a person chooses by. */
export const kindOf: Record<NoticeCode, NoticeKind> = {
  'denonciation-accepted': 'denonciation',
  'denonciation-refused': 'denonciation',
  'denonciation-unsent': 'denonciation',
  'option-placed': 'option-accepted',
  'option-by-promoter': 'option-accepted',
  // Told by the ways of the end that it takes back.
  'option-restored': 'option-cancelled',
  'option-ending-day': 'option-expiring',
  'option-ending-hours': 'option-expiring',
  'option-expired': 'option-ended',
  'option-cancelled-promoter': 'option-cancelled',
  'option-cancelled-partner': 'option-cancelled',
  'option-ended-unproven': 'option-cancelled',
  'option-rank-first': 'rank-moved',
  'option-rank-moved': 'rank-moved',
  'reservation-validated': 'reservation',
  'reservation-withdrawn': 'reservation',
  'lot-freed': 'lot-freed',
  'lot-price': 'lot-price',
  'lot-withdrawn': 'lot-withdrawn',
  'resolved-accepted': 'act-resolved',
  'resolved-refused': 'act-resolved',
  'resolved-unsent': 'act-resolved',
  'resolved-placed': 'act-resolved',
  'resolved-not-placed': 'act-resolved',
  'resolved-cancelled': 'act-resolved',
  'resolved-not-cancelled': 'act-resolved',
  'resolved-prolonged': 'act-resolved',
  'resolved-not-prolonged': 'act-resolved',
  'resolved-preresv': 'act-resolved',
  'resolved-not-preresv': 'act-resolved',
  'resolved-dossier-sent': 'act-resolved',
  'resolved-dossier-not-sent': 'act-resolved',
  'resolved-not-withdrawn': 'act-resolved',
};

/** Answers that their own author wants in writing although the screen gave them. */
const keptInWriting: ReadonlySet<NoticeCode> = new Set([
  'denonciation-accepted',
  'denonciation-refused',
  'denonciation-unsent',
  'option-placed',
]);

/**
 * By which ways a person is told. `sawIt`: they did it themself and read the answer on screen, so that only the mail is left, if
 * they want one. `others`: it is a colleague's act, which a manager hears of as far as both the kind and « cabinet » say so.
 */
export function waysOf(
  code: NoticeCode,
  choices: Choices,
  { sawIt, others }: { sawIt: boolean; others: boolean },
): Ways {
  const complete = completeChoices(choices);
  const { portal, mail, push } = complete[kindOf[code]];
  if (sawIt) return { portal: false, mail: mail && keptInWriting.has(code), push: false };
  if (!others) return { portal, mail, push };
  const { cabinet } = complete;
  return { portal: portal && cabinet.portal, mail: mail && cabinet.mail, push: push && cabinet.push };
}

/**
 * An entry of the audit, as far as telling goes. `byPartner`: the person who acts waited for the answer. `settled`: it says what
 * came of an act asked for in the portal, and not only what was seen of it. `code`: what else the entry says of how it came about.
 */
export type Deed = {
  verb: string;
  byPartner: boolean;
  settled: boolean;
  rank: number | null;
  code: string | null;
};

/** What to tell of a dénonciation; null when its state is another by now, or nobody need hear of it. */
export function codeOfDenonciation({ verb, byPartner }: Deed, present: { state: string }): NoticeCode | null {
  if (present.state !== verb) return null;
  switch (verb) {
    case 'accepted':
      return byPartner ? 'denonciation-accepted' : 'resolved-accepted';
    case 'refused':
      return byPartner ? 'denonciation-refused' : 'resolved-refused';
    case 'unsent':
    case 'abandoned':
      return byPartner ? 'denonciation-unsent' : 'resolved-unsent';
    default:
      return null;
  }
}

export type PresentOption = {
  state: string;
  /** Null while Koban has not shown it. */
  rank: number | null;
  endedBy: string | null;
  prolongedTo: Date | null;
  /** It was prolonged as the partner had asked, by Koban's own word of it. */
  prolongedAsAsked: boolean;
};

/** What to tell of an option; null when it is otherwise by now, or nobody need hear of it. */
export function codeOfOption(deed: Deed, present: PresentOption): NoticeCode | null {
  const { verb, byPartner } = deed;
  switch (verb) {
    case 'placed':
      if (present.state !== 'placed') return null;
      // Neither was asked for in the portal: no act of the partner's is resolved by it.
      if (deed.code === 'by-promoter') return 'option-by-promoter';
      if (deed.code === 'restored') return 'option-restored';
      return byPartner ? 'option-placed' : 'resolved-placed';
    case 'refused':
    case 'unsent':
    case 'abandoned':
      // Whoever asked and waited was answered; for anyone else it never was an option.
      return byPartner || present.state !== verb ? null : 'resolved-not-placed';
    case 'expired':
      return present.state === 'expired' ? 'option-expired' : null;
    case 'cancelled':
      if (present.state !== 'cancelled') return null;
      if (present.endedBy === 'promoter') return 'option-cancelled-promoter';
      // Gone, and nothing said why: a cancellation of ours whose answer was lost may be the cause.
      if (present.endedBy !== 'partner') return 'option-ended-unproven';
      return byPartner ? 'option-cancelled-partner' : 'resolved-cancelled';
    case 'rank-moved':
      if (present.state !== 'placed' || present.rank === null) return null;
      if (deed.rank !== null && deed.rank !== present.rank) return null;
      return present.rank === 1 ? 'option-rank-first' : 'option-rank-moved';
    case 'prolonged':
      // The promoter's own prolongation shows on the option; one that was in doubt is an answer long awaited.
      if (byPartner || present.state !== 'placed' || !present.prolongedTo) return null;
      return deed.settled || present.prolongedAsAsked ? 'resolved-prolonged' : null;
    case 'prolongation-refused':
    case 'prolongation-unsent':
    case 'prolongation-abandoned':
      if (byPartner || present.state !== 'placed' || present.prolongedTo) return null;
      return 'resolved-not-prolonged';
    case 'cancellation-refused':
    case 'cancellation-unsent':
    case 'cancellation-abandoned':
      return byPartner || present.state !== 'placed' ? null : 'resolved-not-cancelled';
    default:
      return null;
  }
}

export type PresentReservation = { state: string; fileSent: boolean };

/** What to tell of a reservation file; null when it is otherwise by now, or nobody need hear of it. */
export function codeOfReservation(
  { verb, byPartner }: Deed,
  { state, fileSent }: PresentReservation,
): NoticeCode | null {
  switch (verb) {
    case 'validated':
      return state === verb ? 'reservation-validated' : null;
    case 'withdrawn':
      return state === verb ? 'reservation-withdrawn' : null;
    case 'preresv':
      return byPartner || state !== verb ? null : 'resolved-preresv';
    case 'refused':
    case 'unsent':
    case 'abandoned':
      return byPartner || state !== verb ? null : 'resolved-not-preresv';
    case 'dossier-sent':
      // One that is validated is told as that.
      return byPartner || state !== 'preresv' || !fileSent ? null : 'resolved-dossier-sent';
    case 'dossier-refused':
    case 'dossier-unsent':
    case 'dossier-abandoned':
      return byPartner || state !== 'preresv' || fileSent ? null : 'resolved-dossier-not-sent';
    case 'withdrawal-refused':
    case 'withdrawal-unsent':
    case 'withdrawal-abandoned':
      return byPartner || (state !== 'preresv' && state !== 'validated') ? null : 'resolved-not-withdrawn';
    default:
      return null;
  }
}

const HOUR_MS = 3_600_000;

/**
 * Which reminder an option is due for: within a day of its end, then within two hours. One that was placed for less than
 * that from the start is not announced as something that comes nearer.
 */
export function reminderOf(
  { placedAt, expiresAt }: { placedAt: Date; expiresAt: Date },
  now: Date,
): 'option-ending-day' | 'option-ending-hours' | null {
  const left = expiresAt.getTime() - now.getTime();
  const life = expiresAt.getTime() - placedAt.getTime();
  if (left <= 0) return null;
  if (left <= 2 * HOUR_MS) return life > 2 * HOUR_MS ? 'option-ending-hours' : null;
  return left <= 24 * HOUR_MS && life > 24 * HOUR_MS ? 'option-ending-day' : null;
}
