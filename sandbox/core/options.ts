import type { Account } from './account';
import { halfHourNotBefore } from './clock';
import { EMPTY_ISO, parisIso, slashDate, unixSeconds } from './dates';
import type { Lot, Option } from './model';
import { textOf } from './reading';
import { notify, recordEffect, type Scene } from './world';

const HOUR = 3_600_000;
/** A prospect holds at most three options at once (DOC, errorcode 01). */
const OPTIONS_PER_THIRD = 3;

export type OptionAnswer = { success: boolean; errorcode?: string; message?: string };

function refusal(errorcode: string | null, message: string): OptionAnswer {
  return errorcode === null ? { success: false, message } : { success: false, errorcode, message };
}

/** GetLotStatus (DOC; -2 and -3 PUB; -4 for a lot that is neither free nor under option, ASSUMED). */
export function lotStatus(account: Account, extcode: string): Record<string, unknown> {
  const none = account.policy.instants === 'iso' ? null : 0;
  const lot = account.lot(extcode);
  if (!lot) return { Result: -1, MaxRank: null, EndDate: none };
  if (lot.preresv || lot.status === 'PRERESV' || lot.status === 'RESV' || lot.result === 'WON')
    return { Result: -2, MaxRank: null, EndDate: none };
  if (lot.options.length >= 2)
    return account.policy.fullLot === 'max-rank'
      ? { Result: 1, MaxRank: 2, EndDate: endDate(account, lot) }
      : { Result: -3, MaxRank: 2, EndDate: endDate(account, lot) };
  if (lot.options.length === 1)
    return { Result: 1, MaxRank: lot.options[0]?.rank ?? 1, EndDate: endDate(account, lot) };
  if (lot.status !== 'LIBRE' && lot.status !== 'OPTION') return { Result: -4, MaxRank: null, EndDate: none };
  return { Result: 0, MaxRank: 0, EndDate: account.policy.instants === 'iso' ? EMPTY_ISO : 0 };
}

function endDate(account: Account, lot: Lot): string | number | null {
  const first = lot.options.find((option) => option.rank === 1);
  if (!first) return null;
  const instant = first.prolongedTo ?? first.expiresAt;
  return account.policy.instants === 'iso' ? parisIso(instant) : unixSeconds(instant);
}

export type OptionRequest = {
  extcode: string;
  thirdGuid: string;
  rank: number;
  placedAt: number;
  partGuid: string | null;
};

/** Places an option, with the refusals 01 to 05 of the source page (DOC) in an ASSUMED order. */
export function placeOption(scene: Scene, request: OptionRequest): OptionAnswer & { option?: Option } {
  const { account, cause } = scene;
  const lot = account.lot(request.extcode);
  if (!lot) return refusal('02', 'Lot introuvable');
  if (lot.status === 'PRERESV') return refusal('04', 'Une préréservation est en cours sur ce lot');
  if ((lot.status !== 'LIBRE' && lot.status !== 'OPTION') || lot.result === 'WON')
    return refusal('02', 'Le lot n’est ni libre ni sous option');
  if (lot.options.length >= 2) return refusal('05', 'Deux options sont déjà en cours sur ce lot');
  if (!account.thirds.has(request.thirdGuid)) return refusal(null, 'Compte introuvable');
  if (countOptions(account, (option) => option.thirdGuid === request.thirdGuid) >= OPTIONS_PER_THIRD)
    return refusal('01', 'Ce prospect a déjà trois options en cours');
  const byApi = cause.origin === 'api';
  if (byApi && countOptions(account, (option) => option.byApi) >= account.policy.apiUserCap)
    return refusal('03', 'L’utilisateur a atteint sa limite d’options simultanées');
  const nextRank = lot.options.some((option) => option.rank === 1) ? 2 : 1;
  if (request.rank !== nextRank && account.policy.wrongRank === 'refuse')
    return refusal(null, `Le rang ${request.rank} n’est pas disponible`);
  const option: Option = {
    guid: account.newGuid('option'),
    rank: nextRank,
    thirdGuid: request.thirdGuid,
    partGuid: request.partGuid,
    placedAt: request.placedAt,
    expiresAt: request.placedAt + account.policy.optionHours * HOUR,
    prolongedTo: null,
    byApi,
  };
  lot.options.push(option);
  setStatus(scene, lot, 'OPTION');
  recordEffect(scene, 'option-placed', optionData(lot, option));
  const third = account.thirds.get(option.thirdGuid)?.wire ?? {};
  notify(scene, 'option-placed', {
    ...optionFields(account, lot, option),
    Rank: String(option.rank),
    ExpDate: webhookInstant(account, option.expiresAt),
    Third_Name: textOf(third.Label) ?? '',
    Third_FirstName: textOf(third.FirstName) ?? '',
    Third_EMail: textOf(third.EMail) ?? '',
    AssignedTo_Name: account.salesman.name,
    AssignedTo_FirstName: account.salesman.firstName,
    AssignedTo_EMail: account.salesman.email,
  });
  return { success: true, option };
}

/** Prolongs an option, once (DOC). The date is milliseconds. */
export function prolongOption(scene: Scene, extcode: string, rank: number, until: number): OptionAnswer {
  const { account, world } = scene;
  const lot = account.lot(extcode);
  const option = lot?.options.find((candidate) => candidate.rank === rank);
  if (!lot || !option) return refusal('01', 'Option introuvable pour ce lot et ce rang');
  if (option.prolongedTo !== null) return refusal('02', 'La prolongation a déjà été effectuée');
  if (until <= world.clock.now()) return refusal(null, 'La date de prolongation est passée');
  option.prolongedTo = until;
  account.touch([lot], world.clock.now());
  recordEffect(scene, 'option-prolonged', optionData(lot, option));
  notify(scene, 'option-prolonged', {
    ...optionFields(account, lot, option),
    Rank: String(option.rank),
    ExpDate: webhookInstant(account, option.expiresAt),
    PrgDate: webhookInstant(account, until),
  });
  return { success: true };
}

/** Cancels an option by its lot and rank (DOC). */
export function cancelOption(scene: Scene, extcode: string, rank: number): OptionAnswer {
  const lot = scene.account.lot(extcode);
  const option = lot?.options.find((candidate) => candidate.rank === rank);
  if (!lot || !option) return refusal('01', 'Option introuvable pour ce lot et ce rang');
  endOption(scene, lot, option, 'option-cancelled');
  return { success: true };
}

/** Ends every option whose last half hour has come. Returns how many. */
export function expireOptions(scene: Scene): number {
  const now = scene.world.clock.now();
  const ended: { lot: Lot; option: Option; at: number }[] = [];
  for (const lot of scene.account.lotsUnderOption)
    for (const option of lot.options) {
      const at = halfHourNotBefore(option.prolongedTo ?? option.expiresAt);
      if (at <= now) ended.push({ lot, option, at });
    }
  ended.sort((a, b) => a.at - b.at || b.option.rank - a.option.rank);
  for (const { lot, option } of ended) endOption(scene, lot, option, 'option-expired');
  return ended.length;
}

/** Takes an option off its lot; rank 2 then moves up, and a lot without options is free again. */
export function endOption(
  scene: Scene,
  lot: Lot,
  option: Option,
  how: 'option-cancelled' | 'option-expired' | 'option-used',
): void {
  const { account } = scene;
  const rank = option.rank;
  lot.options = lot.options.filter((candidate) => candidate !== option);
  recordEffect(scene, how, optionData(lot, option));
  const other = lot.options[0];
  if (rank === 1 && other && account.policy.rankTwoMovesUp) other.rank = 1;
  setStatus(scene, lot, lot.options.length > 0 ? 'OPTION' : lot.status === 'OPTION' ? 'LIBRE' : lot.status);
  const fields = optionFields(account, lot, option);
  if (how === 'option-cancelled') notify(scene, how, { ...fields, Rank: String(rank) });
  if (how === 'option-expired') notify(scene, how, fields);
}

/** Gives a lot and its annexes a status (that annexes follow is ASSUMED). */
export function setStatus(scene: Scene, lot: Lot, status: string): void {
  const changed = [lot, ...scene.account.annexesOf(lot)];
  for (const one of changed) one.status = status;
  scene.account.touch(changed, scene.world.clock.now());
}

function countOptions(account: Account, test: (option: Option) => boolean): number {
  let count = 0;
  for (const lot of account.lotsUnderOption) count += lot.options.filter(test).length;
  return count;
}

function optionFields(account: Account, lot: Lot, option: Option): Record<string, string> {
  return {
    Deal_Extcode: lot.extcode,
    Deal_Guid: lot.guid,
    Third_Extcode: textOf(account.thirds.get(option.thirdGuid)?.wire.Extcode) ?? '',
    Third_Guid: option.thirdGuid,
  };
}

function optionData(lot: Lot, option: Option): Record<string, unknown> {
  return {
    lot: lot.extcode,
    option: option.guid,
    rank: option.rank,
    third: option.thirdGuid,
    part: option.partGuid,
    expiresAt: new Date(option.expiresAt).toISOString(),
    prolongedTo: option.prolongedTo === null ? null : new Date(option.prolongedTo).toISOString(),
  };
}

export function webhookInstant(account: Account, instant: number): string {
  return account.policy.webhookInstants === 'slash'
    ? slashDate(instant)
    : String(Math.trunc(unixSeconds(instant)));
}
