import { z } from 'zod';
import { type Cents, eurosFromCents } from '@/lib/core/money';
import { type Codes, parseVerdict } from './answers';
import { TAG_CATEGORY_KEYS } from './assumptions';
import type { KobanClient } from './client';
import { kobanDate, unixSeconds } from './dates';
import type { ReadOutcome, WriteOutcome } from './outcome';
import {
  anything,
  euros,
  objects,
  page,
  parseWith,
  type Rejected,
  readFields,
  readText,
  reference,
  text,
} from './wire';

/** A lot (`ncDeal`) as Koban shows it. Statuses are kept as they are: a customer has its own. */
export type KobanLot = {
  guid: string | null;
  extcode: string | null;
  label: string | null;
  description: string | null;
  statusCode: string | null;
  statusLabel: string | null;
  programmeCode: string | null;
  programmeGuid: string | null;
  programmeLabel: string | null;
  /** `WON` (acted), `LOST`, `SLEEP`, or null. */
  result: string | null;
  priceCents: Cents | null;
  typology: string | null;
  typologyCode: string | null;
  rooms: number | null;
  roomsLabel: string | null;
  /** 0 is the ground floor; null when the label does not say. */
  floor: number | null;
  floorLabel: string | null;
  /** MoreFields by their Koban id; what they mean is each promoter's mapping (lib/stock). */
  fields: Record<string, string | number | boolean>;
  /** An annex (parking space, cellar) of the lot whose guid is `principalGuid`. */
  secondary: boolean;
  principalGuid: string | null;
  expectedAt: Date | null;
  closedAt: Date | null;
  updatedAt: Date | null;
};

/** One page of lots. `count` is how many Koban sent, so that paging goes on after rejected ones; `total` as it says. */
export type LotPage = { lots: KobanLot[]; rejected: Rejected[]; count: number; total: number | null };

const lot = z
  .object({
    Guid: text,
    Extcode: text,
    Label: text,
    Description: text,
    Status: reference,
    Process: reference,
    Result: text,
    Amountprev: euros,
    Tags: objects,
    MoreFields: objects,
    Type: text,
    Link: text,
    DPrev: anything,
    DResult: anything,
    Updated: anything,
    DUpdated: anything,
  })
  .transform((wire): KobanLot => {
    const typology = readTag(wire.Tags, 'TPLOG');
    const rooms = readTag(wire.Tags, 'NBPIECES');
    const floor = readTag(wire.Tags, 'ETAGE');
    const secondary = wire.Type?.toLowerCase() === 'secondary';
    return {
      guid: wire.Guid,
      extcode: wire.Extcode,
      label: wire.Label,
      description: wire.Description,
      statusCode: wire.Status.code,
      statusLabel: wire.Status.label,
      programmeCode: wire.Process.code,
      programmeGuid: wire.Process.guid,
      programmeLabel: wire.Process.label,
      result: wire.Result,
      priceCents: wire.Amountprev,
      typology: typology.label,
      typologyCode: typology.code,
      rooms: readRooms(rooms.label ?? rooms.code),
      roomsLabel: rooms.label,
      floor: readFloor(floor.label ?? floor.code),
      floorLabel: floor.label,
      fields: readFields(wire.MoreFields),
      secondary,
      principalGuid: secondary ? wire.Link : null,
      expectedAt: kobanDate(wire.DPrev),
      closedAt: kobanDate(wire.DResult),
      updatedAt: kobanDate(wire.DUpdated) ?? kobanDate(wire.Updated),
    };
  });

function readTag(
  tags: Record<string, unknown>[],
  category: string,
): { label: string | null; code: string | null } {
  const tag = tags.find((each) =>
    TAG_CATEGORY_KEYS.some((key) => readText(each[key])?.toUpperCase() === category),
  );
  return { label: readText(tag?.Label) ?? readText(tag?.ExternalCode), code: readText(tag?.ExternalCode) };
}

/** « 3 », « 3 pièces », « T3 », « T3 bis » → 3; « Studio » → 1. */
export function readRooms(label: string | null): number | null {
  if (label === null) return null;
  const digits = /\d{1,2}/.exec(label)?.[0];
  if (digits !== undefined) return Number(digits);
  return /studio/i.test(label) ? 1 : null;
}

/** « RDC », « Rez-de-jardin » → 0; « R+2 », « 2e étage », « 2 » → 2; « R-1 », « Sous-sol », « 1er sous-sol » → -1. */
export function readFloor(label: string | null): number | null {
  if (label === null) return null;
  const plain = label.normalize('NFKD').replace(/\p{M}/gu, '').toLowerCase();
  const digits = /\d{1,2}/.exec(plain)?.[0];
  if (/sous[\s-]?sol/.test(plain)) return -Number(digits ?? 1);
  if (digits === undefined) return /^rdc\b|^rdj\b|rez[\s-]de|^r$/.test(plain.trim()) ? 0 : null;
  return /^(?:r\s*)?[-\u2212\u2013]\s*\d/.test(plain.trim()) ? -Number(digits) || 0 : Number(digits);
}

/** Reads one page of lots; a lot without guid and code cannot be told from another: it is rejected, and the page goes on. */
export const parseLotPage = parseWith(
  page.transform(({ total, items }): LotPage => {
    const found: LotPage = { lots: [], rejected: [], count: items.length, total };
    for (const [index, item] of items.entries()) {
      const { data } = lot.safeParse(item);
      if (!data) found.rejected.push({ index, reason: 'not-an-object' });
      else if (data.guid === null && data.extcode === null)
        found.rejected.push({ index, reason: 'no-identity' });
      else found.lots.push(data);
    }
    return found;
  }),
);

/** `since` null asks for everything. `start` counts from 0. */
export type LotsQuery = { since: Date | null; start: number; length: number };

function lotsQuery({ since, start, length }: LotsQuery) {
  return { updated: since === null ? 0 : unixSeconds(since), s: start, l: length };
}

/** One page of the lots created or changed since an instant (`ncDeal/GetUpdated`). */
export function getUpdatedLots(client: KobanClient, query: LotsQuery): Promise<ReadOutcome<LotPage>> {
  return client.read({ method: 'ncDeal/GetUpdated', query: lotsQuery(query), parse: parseLotPage });
}

/** The same for one programme (`ncDeal/GetUpdatedProcess`). */
export function getUpdatedProgrammeLots(
  client: KobanClient,
  query: LotsQuery & { programmeCode: string },
): Promise<ReadOutcome<LotPage>> {
  return client.read({
    method: 'ncDeal/GetUpdatedProcess',
    query: { ...lotsQuery(query), processcode: query.programmeCode },
    parse: parseLotPage,
  });
}

/** A lot to create or update. Only what is given is sent. `principalExtcode` makes it an annex of that lot. */
export type LotToPost = {
  extcode: string;
  programmeCode: string;
  label?: string;
  description?: string;
  statusCode?: string;
  priceCents?: Cents;
  typology?: string;
  rooms?: string;
  floor?: string;
  fields?: Record<string, string | number | boolean>;
  principalExtcode?: string;
};

/** Koban takes no more in one `PostMany`. */
export const MOST_LOTS_PER_POST = 100;

const noCodes: Codes<never> = {};

const parsePosted = parseVerdict(noCodes, ({ Result, Errors }) => ({
  kind: 'done' as const,
  value: { guids: texts(Result), errors: texts(Errors) },
}));

function texts(raw: unknown): string[] {
  const list = Array.isArray(raw) ? raw : [raw];
  return list.map(readText).filter((item) => item !== null);
}

/**
 * Creates or updates lots by their code (`ncDeal/PostMany`); idempotent, so it may be repeated whatever came of it.
 * `errors` are Koban's words about single lots, even beside a success.
 * @throws RangeError for more than 100 lots, or an annex before its principal: Koban would refuse or misplace them.
 */
export function postLots(
  client: KobanClient,
  lots: readonly LotToPost[],
): Promise<WriteOutcome<{ guids: string[]; errors: string[] }, never>> {
  if (lots.length > MOST_LOTS_PER_POST) throw new RangeError(`At most ${MOST_LOTS_PER_POST} lots at once`);
  const place = new Map(lots.map(({ extcode }, index) => [extcode, index]));
  for (const [index, { principalExtcode }] of lots.entries()) {
    if (principalExtcode !== undefined && (place.get(principalExtcode) ?? -1) > index) {
      throw new RangeError('An annex must come after its principal lot');
    }
  }
  return client.write({
    method: 'ncDeal/PostMany',
    query: { uniqueproperty: 'Extcode', thirduniqueproperty: 'Extcode' },
    body: lots.map(lotOnWire),
    parse: parsePosted,
    repeatable: true,
  });
}

function lotOnWire(each: LotToPost): Record<string, unknown> {
  const tags = [
    ...(each.rooms === undefined ? [] : [tagOnWire('NBPIECES', each.rooms)]),
    ...(each.typology === undefined ? [] : [tagOnWire('TPLOG', each.typology)]),
    ...(each.floor === undefined ? [] : [tagOnWire('ETAGE', each.floor)]),
  ];
  const fields = Object.entries(each.fields ?? {}).map(([FieldId, Value]) => ({ FieldId, Value }));
  return {
    Extcode: each.extcode,
    Process: { Code: each.programmeCode },
    Label: each.label,
    Description: each.description,
    Status: each.statusCode === undefined ? undefined : { Code: each.statusCode },
    Amountprev: each.priceCents === undefined ? undefined : eurosFromCents(each.priceCents),
    Tags: tags.length > 0 ? tags : undefined,
    MoreFields: fields.length > 0 ? fields : undefined,
    Type: each.principalExtcode === undefined ? undefined : 'Secondary',
    Link: each.principalExtcode,
  };
}

/** A tag as it is written, on lots and thirds. */
export function tagOnWire(category: string, label: string): Record<string, string> {
  return { ...Object.fromEntries(TAG_CATEGORY_KEYS.map((key) => [key, category])), Label: label };
}
