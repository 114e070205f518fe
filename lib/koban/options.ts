import { z } from 'zod';
import { type Codes, noValue, parseVerdict } from './answers';
import type { KobanClient } from './client';
import { kobanDate, unixSeconds } from './dates';
import type { ReadOutcome, WriteOutcome } from './outcome';
import { anything, parseWith } from './wire';

/** An option's rank: the first, or the one that waits behind it. */
export type Rank = 1 | 2;

/** The rank that Koban grants now, or why it grants none. */
export type Grant =
  | { rank: 1 }
  | { rank: 2; rank1EndsAt: Date | null }
  | { rank: null; why: 'full' | 'unknown-lot' | 'prereserved' | 'unexpected' };

/** What GetLotStatus said, as it came, and what it allows. */
export type LotStatus = { result: number; maxRank: number | null; endDate: Date | null; grant: Grant };

const lotStatus = z
  .object({
    Result: z.union([
      z.int(),
      z
        .string()
        .regex(/^-?\d{1,3}$/)
        .transform(Number),
    ]),
    MaxRank: z
      .union([
        z.int(),
        z
          .string()
          .regex(/^-?\d{1,3}$/)
          .transform(Number),
      ])
      .nullish(),
    EndDate: anything,
  })
  .transform(({ Result, MaxRank, EndDate }): LotStatus => {
    const maxRank = MaxRank ?? null;
    const endDate = kobanDate(EndDate);
    return { result: Result, maxRank, endDate, grant: readGrant(Result, maxRank, endDate) };
  });

/**
 * Koban documents two states in which an option may be posed: free (0, whatever MaxRank says beside it), and one of rank 1 (1
 * with MaxRank 1). « Full » has two spellings. Whatever else comes permits nothing.
 */
function readGrant(result: number, maxRank: number | null, endDate: Date | null): Grant {
  if (result === 0) return { rank: 1 };
  if (result === 1 && maxRank === 1) return { rank: 2, rank1EndsAt: endDate };
  if (result === -3 || (result === 1 && maxRank === 2)) return { rank: null, why: 'full' };
  if (result === -1) return { rank: null, why: 'unknown-lot' };
  if (result === -2) return { rank: null, why: 'prereserved' };
  return { rank: null, why: 'unexpected' };
}

/** The state of a lot's options (`ncOption/GetLotStatus`), to be read immediately before every `addOption`. */
export function getLotStatus(client: KobanClient, lotExtcode: string): Promise<ReadOutcome<LotStatus>> {
  return client.read({
    method: 'ncOption/GetLotStatus',
    query: { extcode: lotExtcode },
    parse: parseWith(lotStatus),
  });
}

/** Why Koban refuses an option: 01 to 05 of `ncOption/Add`, in this order. */
export type AddOptionCode =
  | 'prospect-has-three'
  | 'lot-not-open'
  | 'api-user-limit'
  | 'preresv-under-way'
  | 'two-options-already';
export type ProlongOptionCode = 'option-not-found' | 'already-prolonged';
export type UndoOptionCode = 'option-not-found';

const addCodes: Codes<AddOptionCode> = {
  '01': 'prospect-has-three',
  '02': 'lot-not-open',
  '03': 'api-user-limit',
  '04': 'preresv-under-way',
  '05': 'two-options-already',
};
const prolongCodes: Codes<ProlongOptionCode> = { '01': 'option-not-found', '02': 'already-prolonged' };
const undoCodes: Codes<UndoOptionCode> = { '01': 'option-not-found' };

/** `placedAt` is sent in whole UNIX seconds. `partGuid`: the CGP who poses it. */
export type OptionToAdd = {
  thirdGuid: string;
  lotExtcode: string;
  placedAt: Date;
  rank: Rank;
  partGuid?: string;
};

/** Poses an option (`ncOption/Add`) at the rank that GetLotStatus grants. Not idempotent: never sent twice by itself. */
export function addOption(
  client: KobanClient,
  option: OptionToAdd,
): Promise<WriteOutcome<null, AddOptionCode>> {
  return client.write({
    method: 'ncOption/Add',
    body: {
      Third: { Guid: option.thirdGuid },
      Deal: { Extcode: option.lotExtcode },
      DateOption: unixSeconds(option.placedAt),
      Rank: option.rank,
      Part: option.partGuid === undefined ? undefined : { Guid: option.partGuid },
    },
    parse: parseVerdict(addCodes, noValue),
  });
}

/** Prolongs the option of a rank on a lot (`ncOption/Prolong`): whosever it is, so prove first that it is still ours. */
export function prolongOption(
  client: KobanClient,
  option: { lotExtcode: string; rank: Rank; until: Date },
): Promise<WriteOutcome<null, ProlongOptionCode>> {
  return client.write({
    method: 'ncOption/Prolong',
    body: {
      Deal: { Extcode: option.lotExtcode },
      Rank: option.rank,
      DateProlongation: unixSeconds(option.until),
    },
    parse: parseVerdict(prolongCodes, noValue),
  });
}

/** Cancels the option of a rank on a lot (`ncOption/Undo`): whosever it is, so prove first that it is still ours. */
export function undoOption(
  client: KobanClient,
  option: { lotExtcode: string; rank: Rank },
): Promise<WriteOutcome<null, UndoOptionCode>> {
  return client.write({
    method: 'ncOption/Undo',
    body: { Deal: { Extcode: option.lotExtcode }, Rank: option.rank },
    parse: parseVerdict(undoCodes, noValue),
  });
}
