import { instantFromParis } from '@/lib/core/paris';

/**
 * Everything the portal says to Koban, or expects of it, that no public text of Koban's gives. An integrator with a live
 * Koban corrects it here and nowhere else; `docs/koban.md` holds the same list as a table. `npm run koban:check` says
 * which of them a given Koban confirms.
 */

/**
 * Names of the input of `ncDenonc/CheckDenonc` and `ncDenonc/Create`: which details are sent is documented, how they are
 * called is not. koban:check can only deny them (an invented prospect that "exists"): pose one dénonciation by hand to confirm.
 */
export const DENONC_INPUT = {
  email: 'EMail',
  name: 'Name',
  firstName: 'FirstName',
  phone: 'Phone',
  programme: 'Process',
  programmeCode: 'Code',
  /** The guid of the CGP who denounces, on Create only (published by name, its shape is assumed: a bare guid). */
  by: 'By',
} as const;

/**
 * Where CheckDenonc's answer may name the prospect it found. Absent, the prospect is looked up by e-mail instead.
 * Not confirmed by koban:check, which holds no real prospect.
 */
export const CHECK_DENONC_THIRD = { third: 'Third', guid: 'Guid' } as const;

/**
 * `ncDenonc/Create` answers like `ncThird` (`Success`) or like `ncOption` (`success`): both spellings are read, for every
 * write. Not confirmed by koban:check, which writes nothing.
 */
export const SUCCESS_KEYS = ['Success', 'success'] as const;

/** Keys of a refusal's code and words. Only lower case is documented (options, pre-reservations). Not confirmed by koban:check. */
export const ERROR_CODE_KEYS = ['errorcode', 'ErrorCode', 'Errorcode'] as const;
export const MESSAGE_KEYS = ['Message', 'message'] as const;

/**
 * `ncDealProcess/GetAll` may answer a bare array or `{Length, List}`, the latter in pages: both are read, with `s` and `l`
 * sent. Confirmed by koban:check, which says which of the two came.
 */
export const PROGRAMMES_PAGE = 100;

/**
 * The categories of the tags that carry a prospect's profile on `ncThird/PostOne`. `TPLOG` and `NBPIECES` are documented
 * on lots. Not confirmed by koban:check, which writes nothing.
 */
export const PROFILE_TAGS = { programme: 'PROGRAMME', typology: 'TPLOG', rooms: 'NBPIECES' } as const;

/** A tag is written with its category under both names in which a lot's tags are read. Not confirmed by koban:check. */
export const TAG_CATEGORY_KEYS = ['TagCategory', 'TagCategoryCode'] as const;

/** A prospect's budget is documented as transmissible, without a property: it is a line of `Comments`. Not confirmed by koban:check. */
export const BUDGET_LINE = 'Budget :';

/** A prospect's marketing source goes to `UTMSource`, a published property of a third. Not confirmed by koban:check. */
export const MARKETING_SOURCE_KEY = 'UTMSource';

/** A marketing source as the promoter reads it in Koban; one that is not here goes as it is. Not confirmed by koban:check. */
export const MARKETING_SOURCES: Readonly<Record<string, string>> = {
  network: 'Recommandation',
  client: 'Client du cabinet',
  event: 'Événement',
  website: 'Site internet',
  press: 'Presse',
  other: 'Autre',
};

/** The two values of a third's `Gender`; no list of them is published. Not confirmed by koban:check. */
export const GENDERS = { M: 'M', MME: 'MME' } as const;

/** `Origin` of a prospect denounced through a CGP, and `Status` of the CGP itself. Not confirmed by koban:check. */
export const CGP_CODE = 'CGP';

/**
 * Which property names a programme: `Extcode`, else `Code` as on a lot's `Process`.
 * Confirmed by koban:check: every lot's programme is found under it.
 */
export const PROGRAMME_CODE_KEYS = ['Extcode', 'Code'] as const;

/** `Status` of a lot may be `{Code, Label}` or a plain string. Confirmed by koban:check, which says which came. */
export const STATUS_CODE_KEY = 'Code';

/**
 * Dates without a zone are wall time in Paris. Confirmed by koban:check when `Updated` (without a zone) and `DUpdated`
 * (UNIX) of one lot name the same instant.
 */
export const instantFromWallClock = instantFromParis;

/** A date outside these years is a fault of the wire, not a date: year 1 and 1970 are how .NET and UNIX spell "none". */
export const PLAUSIBLE_YEARS = { first: 2000, last: 2099 } as const;

/** `PreresaDate` of AddValid is sent in whole UNIX seconds, as every other date that is written. Not confirmed by koban:check. */
export const preresaDateOnWire = (instant: Date) => Math.floor(instant.getTime() / 1000);

/** Birth dates of AddValid are sent as `DD/MM/YYYY`, as MoreFields are; `month` from 1. Not confirmed by koban:check. */
export const birthDateOnWire = ({ year, month, day }: { year: number; month: number; day: number }) =>
  [String(day).padStart(2, '0'), String(month).padStart(2, '0'), String(year).padStart(4, '0')].join('/');

/** Koban publishes no rate limit: four calls at once per account is our politeness. koban:check only notes a 429. */
export const MAX_CALLS_IN_FLIGHT = 4;
