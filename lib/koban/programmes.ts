import { z } from 'zod';
import { PROGRAMME_CODE_KEYS, PROGRAMMES_PAGE } from './assumptions';
import type { KobanClient } from './client';
import type { ReadOutcome } from './outcome';
import { anything, objects, page, parseWith, type Rejected, readFields, readText, text } from './wire';

/** A programme (`ncDealProcess`). `code` is what lots and dénonciations call it by. */
export type KobanProgramme = {
  guid: string | null;
  code: string | null;
  label: string | null;
  regroup: string | null;
  /** False only when Koban says so. */
  active: boolean;
  lotsActive: boolean;
  /** The lot statuses that this programme allows, in Koban's order. */
  statuses: { code: string; label: string | null }[];
  fields: Record<string, string | number | boolean>;
};

type Programmes = { programmes: KobanProgramme[]; rejected: Rejected[] };
/** `exact`: these are all, as many as Koban announces; only then is a programme that is not among them proven to be gone. */
export type ProgrammeList = Programmes & { exact: boolean };

const programme = z
  .object({
    Guid: text,
    Extcode: text,
    Code: text,
    Label: text,
    Regroup: text,
    IsActive: anything,
    IsActiveDeals: anything,
    Steps: objects,
    MoreFields: objects,
  })
  .transform(
    (wire): KobanProgramme => ({
      guid: wire.Guid,
      code: PROGRAMME_CODE_KEYS.map((key) => wire[key]).find((code) => code !== null) ?? null,
      label: wire.Label,
      regroup: wire.Regroup,
      active: wire.IsActive !== false,
      lotsActive: wire.IsActiveDeals !== false,
      statuses: wire.Steps.flatMap((step) => {
        const code = readText(step.Extcode) ?? readText(step.Label);
        return code === null ? [] : [{ code, label: readText(step.Label) }];
      }),
      fields: readFields(wire.MoreFields),
    }),
  );

/** Reads one page of programmes; one without code and guid cannot be told from another and is rejected. */
export const parseProgrammePage = parseWith(
  page.transform(({ total, items, bare }) => {
    const found: Programmes = { programmes: [], rejected: [] };
    for (const [index, item] of items.entries()) {
      const { data } = programme.safeParse(item);
      if (!data) found.rejected.push({ index, reason: 'not-an-object' });
      else if (data.code === null && data.guid === null)
        found.rejected.push({ index, reason: 'no-identity' });
      else found.programmes.push(data);
    }
    return { ...found, total, count: items.length, bare };
  }),
);

// A promoter with more programmes than this does not exist; a server that repeats its pages for ever might.
const MOST_PAGES = 100;

/**
 * All programmes of the account (`ncDealProcess/GetAll`), every page of them. A Koban that does not say how many there are is
 * asked until a page brings nothing new.
 */
export async function getProgrammes(client: KobanClient): Promise<ReadOutcome<ProgrammeList>> {
  const found = new Map<string, KobanProgramme>();
  const rejected: Rejected[] = [];
  let start = 0;
  for (let turn = 0; ; turn += 1) {
    const outcome = await client.read({
      method: 'ncDealProcess/GetAll',
      query: { s: start, l: PROGRAMMES_PAGE },
      parse: parseProgrammePage,
    });
    if (outcome.kind !== 'done') return outcome;
    const { value } = outcome;
    const before = found.size;
    for (const item of value.programmes) found.set(item.guid ?? `code ${item.code}`, item);
    rejected.push(...value.rejected.map((reject) => ({ ...reject, index: start + reject.index })));
    start += value.count;
    const more = !value.bare && value.count > 0 && (value.total === null || start < value.total);
    // A server that ignores `s` sends the same page again: nothing new means the end.
    if (!more || found.size === before || turn >= MOST_PAGES) {
      const repeated = turn > 0 && found.size === before;
      const exact = value.total !== null && !repeated && found.size + rejected.length >= value.total;
      return { ...outcome, value: { programmes: [...found.values()], rejected, exact } };
    }
  }
}
