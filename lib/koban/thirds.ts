import { z } from 'zod';
import { type Cents, formatCents } from '@/lib/core/money';
import { normaliseEmail } from '@/lib/core/normalise';
import { type Codes, parseVerdict } from './answers';
import {
  BUDGET_LINE,
  CGP_CODE,
  GENDERS,
  MARKETING_SOURCE_KEY,
  MARKETING_SOURCES,
  PROFILE_TAGS,
} from './assumptions';
import type { KobanClient } from './client';
import { tagOnWire } from './lots';
import type { ReadOutcome, WriteOutcome } from './outcome';
import { malformed, type Parsed, page, parseWith, readGuid, reference, text } from './wire';

/** An account of Koban's (`ncThird`): a prospect, or a CGP when `statusCode` says so. */
export type KobanThird = {
  guid: string;
  extcode: string | null;
  /** Last name, or company. */
  name: string | null;
  firstName: string | null;
  email: string | null;
  phone: string | null;
  mobile: string | null;
  statusCode: string | null;
  originCode: string | null;
  city: string | null;
};

const wireThird = z
  .object({
    Guid: text,
    Extcode: text,
    Label: text,
    FirstName: text,
    EMail: text,
    Phone: text,
    Cell: text,
    Status: reference,
    Origin: reference,
    Address: z
      .unknown()
      .optional()
      .transform((raw) => address.safeParse(raw).data?.City ?? null),
  })
  .transform((wire) => ({
    guid: wire.Guid,
    extcode: wire.Extcode,
    name: wire.Label,
    firstName: wire.FirstName,
    email: wire.EMail,
    phone: wire.Phone,
    mobile: wire.Cell,
    statusCode: wire.Status.code,
    originCode: wire.Origin.code,
    city: wire.Address,
  }));
const address = z.object({ City: text });

/** One third. Its guid decides whose option is posed: without it the answer is malformed. */
const parseThird = parseWith(
  wireThird.transform((third, context): KobanThird => {
    const { guid } = third;
    if (guid !== null) return { ...third, guid };
    context.addIssue({ code: 'custom', path: ['Guid'] });
    return z.NEVER;
  }),
);

/** A parser that also demands that the third found is the one asked for. */
function parseThirdWhere(matches: (third: KobanThird) => boolean): (answer: unknown) => Parsed<KobanThird> {
  return (answer) => {
    const parsed = parseThird(answer);
    return parsed.kind === 'done' && !matches(parsed.value) ? malformed('another third', 'mismatch') : parsed;
  };
}

/**
 * The third with our code, or null (`ncThird/GetOneByExtcode`): tells whether a PostOne without an answer took effect.
 * An answer with another code is `malformed` with reason `mismatch`: stop and alert.
 */
export function getThirdByExtcode(
  client: KobanClient,
  extcode: string,
): Promise<ReadOutcome<KobanThird | null>> {
  return client.read<KobanThird | null>({
    method: 'ncThird/GetOneByExtcode',
    query: { extcode },
    parse: parseThirdWhere((third) => third.extcode === null || third.extcode === extcode),
    notFound: { value: null },
  });
}

/**
 * The third with this e-mail or code, or null (`ncThird/GetOneByKey`): tells the guid of a prospect that exists already.
 * By e-mail, the answer must carry that very address: a stranger's guid would take the option.
 */
export function getThirdByKey(
  client: KobanClient,
  key: { property: 'Email' | 'Extcode'; value: string },
): Promise<ReadOutcome<KobanThird | null>> {
  const matches =
    key.property === 'Email'
      ? (third: KobanThird) =>
          third.email !== null && normaliseEmail(third.email) === normaliseEmail(key.value)
      : (third: KobanThird) => third.extcode === null || third.extcode === key.value;
  return client.read<KobanThird | null>({
    method: 'ncThird/GetOneByKey',
    query: { uniqueproperty: key.property, value: key.value },
    parse: parseThirdWhere(matches),
    notFound: { value: null },
  });
}

/** Thirds whose label contains a text (`ncThird/GetByLabel`), one page of them; those without a guid are left out. */
export function searchThirds(
  client: KobanClient,
  query: { search: string; start?: number; length?: number },
): Promise<ReadOutcome<{ thirds: KobanThird[]; count: number; total: number | null }>> {
  const { search, start = 0, length = 20 } = query;
  return client.read({
    method: 'ncThird/GetByLabel',
    query: { search, s: start, l: length },
    parse: parseWith(
      page.transform(({ total, items }) => {
        const thirds = items.map(parseThird).flatMap((each) => (each.kind === 'done' ? [each.value] : []));
        return { thirds, count: items.length, total };
      }),
    ),
    notFound: { value: { thirds: [], count: 0, total: 0 } },
  });
}

/** Coordinates common to prospects and CGPs. `extcode` is ours, stored before the call: it makes the call idempotent. */
export type ThirdCoordinates = {
  extcode: string;
  /** Last name, or company. */
  name: string;
  firstName?: string;
  gender?: keyof typeof GENDERS;
  email?: string;
  phone?: string;
  mobile?: string;
  address?: { street?: string; complement?: string; zipCode?: string; city?: string; country?: string };
};

/** A prospect and what it looks for. */
export type ProspectToPost = ThirdCoordinates & {
  programmeCodes: readonly string[];
  typologies?: readonly string[];
  rooms?: readonly string[];
  budgetCents?: Cents;
  marketingSource?: string;
  comments?: string;
  optin?: boolean;
};

const noCodes: Codes<never> = {};

const parsePosted = parseVerdict(noCodes, ({ Result }) => {
  const guid = readGuid(Result);
  return guid === null ? malformed('Result') : { kind: 'done', value: { guid } };
});

/** Koban's guid of a third that was created or updated. */
export type PostedThird = WriteOutcome<{ guid: string }, never>;

/**
 * Creates or updates a prospect by our code (`ncThird/PostOne`). Repeated here only when nothing was sent: after `unknown`
 * read it back by code, and post again after 30 s without a trace (docs/koban.md).
 */
export function postProspect(client: KobanClient, prospect: ProspectToPost): Promise<PostedThird> {
  const {
    programmeCodes,
    typologies = [],
    rooms = [],
    budgetCents,
    comments,
    marketingSource: source,
  } = prospect;
  const budget = budgetCents === undefined ? null : `${BUDGET_LINE} ${formatCents(budgetCents, 'fr')}`;
  return postThird(client, {
    ...coordinatesOnWire(prospect),
    Origin: { Code: CGP_CODE },
    Tags: [
      ...programmeCodes.map((code) => tagOnWire(PROFILE_TAGS.programme, code)),
      ...typologies.map((label) => tagOnWire(PROFILE_TAGS.typology, label)),
      ...rooms.map((label) => tagOnWire(PROFILE_TAGS.rooms, label)),
    ],
    [MARKETING_SOURCE_KEY]: source && (MARKETING_SOURCES[source] ?? source),
    Comments: [comments, budget].filter(Boolean).join('\n') || undefined,
    Optin: prospect.optin,
  });
}

/** Creates or updates a CGP (`ncThird/PostOne`, `Status` CGP): its guid is sent as `Part` and `By` ever after. */
export function postCgp(client: KobanClient, cgp: ThirdCoordinates): Promise<PostedThird> {
  return postThird(client, { ...coordinatesOnWire(cgp), Status: { Code: CGP_CODE } });
}

function postThird(client: KobanClient, body: Record<string, unknown>): Promise<PostedThird> {
  return client.write({
    method: 'ncThird/PostOne',
    query: { uniqueproperty: 'Extcode' },
    body,
    parse: parsePosted,
    repeatable: true,
  });
}

function coordinatesOnWire({ address: place, ...third }: ThirdCoordinates): Record<string, unknown> {
  return {
    Extcode: third.extcode,
    Label: third.name,
    FirstName: third.firstName,
    Gender: third.gender && GENDERS[third.gender],
    EMail: third.email,
    Phone: third.phone,
    Cell: third.mobile,
    Address: place && {
      Street: place.street,
      Compl: place.complement,
      ZipCode: place.zipCode,
      City: place.city,
      Country: place.country,
    },
  };
}
