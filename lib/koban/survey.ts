import { randomToken } from '@/lib/core/ids';
import { PLAUSIBLE_YEARS, PROGRAMMES_PAGE } from './assumptions';
import type { KobanClient } from './client';
import { checkDenonciation } from './denonciations';
import { type KobanLot, parseLotPage } from './lots';
import { getLotStatus } from './options';
import type { ReadOutcome } from './outcome';
import { parseProgrammePage } from './programmes';
import { type LotsSurvey, surveyLots } from './survey-lots';
import { type Parsed, page } from './wire';

/** What one call showed. `remarks` are what does not match WIRE, or what it shows of a customer's own settings. */
export type SurveyedCall = { method: string; asked: string; ms: number; answered: string; remarks: string[] };

export type SurveyedAssumption = {
  name: string;
  verdict: 'confirmed' | 'denied' | 'not tested';
  why: string;
};

/** What a Koban answers to read-only calls. `stopped`: it could not be asked at all. */
export type Survey = {
  stopped: 'unreachable' | 'unauthorised' | null;
  calls: SurveyedCall[];
  lots: LotsSurvey | null;
  assumptions: SurveyedAssumption[];
  clockSkewMs: number | null;
};

const LOTS_PAGE = 100;
const MOST_PAGES = 10;
const NEEDS_A_WRITE = [
  ...[
    'CHECK_DENONC_THIRD',
    'SUCCESS_KEYS',
    'ERROR_CODE_KEYS',
    'MESSAGE_KEYS',
    'PROFILE_TAGS',
    'TAG_CATEGORY_KEYS',
  ],
  ...[
    'BUDGET_LINE',
    'MARKETING_SOURCE_KEY',
    'MARKETING_SOURCES',
    'GENDERS',
    'CGP_CODE',
    'preresaDateOnWire',
    'birthDateOnWire',
  ],
];

/** Asks a Koban everything that can be asked without changing anything, and holds the answers against our assumptions. */
export async function surveyKoban(client: KobanClient): Promise<Survey> {
  const book = openBook(client);
  const found = await surveyProgrammes(book);
  if (typeof found === 'string')
    return { ...book, stopped: found, lots: null, clockSkewMs: client.clockSkewMs() };
  const stock = await surveyStock(book, found);
  const [programmeCode] = found;
  await surveyFilters(book, programmeCode);
  await surveyOptions(book, stock.lots);
  await surveyDenonciations(book, programmeCode);
  await surveyThirds(book);
  for (const name of NEEDS_A_WRITE) book.assume(name, null, 'needs a write, or a real prospect');
  const flooded = book.calls.some(({ answered }) => answered.includes('rate-limited'));
  book.assume(
    'MAX_CALLS_IN_FLIGHT',
    null,
    flooded ? 'a 429 came: lower it' : 'no 429 came, one call at a time',
  );
  return { ...book, stopped: null, lots: stock.survey, clockSkewMs: client.clockSkewMs() };
}

type Book = ReturnType<typeof openBook>;

function openBook(client: KobanClient) {
  const calls: SurveyedCall[] = [];
  const assumptions: SurveyedAssumption[] = [];

  async function ask<T>(
    method: string,
    asked: string,
    call: (client: KobanClient) => Promise<ReadOutcome<T>>,
  ) {
    const start = performance.now();
    const outcome = await call(client);
    const ms = Math.round(performance.now() - start);
    const entry: SurveyedCall = { method, asked, ms, answered: inWords(outcome), remarks: [] };
    calls.push(entry);
    return { outcome, remark: (text: string) => entry.remarks.push(text) };
  }

  /** The answer as it came, and what our own parser makes of it. */
  async function askRaw<T>(
    [method, asked]: [string, string],
    query: Record<string, string | number>,
    parse: (raw: unknown) => Parsed<T>,
  ) {
    const { outcome, remark } = await ask(method, asked, () =>
      client.read<unknown>({ method, query, parse: (value) => ({ kind: 'done', value }) }),
    );
    const parsed = outcome.kind === 'done' ? parse(outcome.value) : null;
    if (parsed?.kind === 'malformed') remark(`does not match WIRE: ${parsed.detail}`);
    const raw = outcome.kind === 'done' ? outcome.value : undefined;
    return { outcome, raw, value: parsed?.kind === 'done' ? parsed.value : null, remark };
  }

  function assume(name: string, holds: boolean | null, why: string): void {
    assumptions.push({ name, verdict: holds === null ? 'not tested' : holds ? 'confirmed' : 'denied', why });
  }

  return { calls, assumptions, ask, askRaw, assume };
}

async function surveyProgrammes(book: Book): Promise<Set<string> | 'unreachable' | 'unauthorised'> {
  const query = { s: 0, l: PROGRAMMES_PAGE };
  const asked = await book.askRaw(['ncDealProcess/GetAll', 'every programme'], query, parseProgrammePage);
  if (asked.outcome.kind === 'unreachable') return 'unreachable';
  if (asked.outcome.kind === 'unknown' && asked.outcome.reason === 'unauthorised') return 'unauthorised';
  if (!asked.value) {
    book.assume('PROGRAMMES_PAGE', null, 'no list came');
    return new Set();
  }
  const { count, total, bare, rejected, programmes } = asked.value;
  const shape = bare ? 'a bare array' : `{Length: ${total}, List}`;
  asked.remark(`${count} programmes in ${shape}`);
  if (rejected.length > 0) asked.remark(`${rejected.length} without guid and code`);
  book.assume('PROGRAMMES_PAGE', true, `it answers ${shape}`);
  return new Set(programmes.map(({ code }) => code).filter((code) => code !== null));
}

async function surveyStock(
  book: Book,
  programmeCodes: Set<string>,
): Promise<{ lots: KobanLot[]; survey: LotsSurvey }> {
  const raw: unknown[] = [];
  const lots: KobanLot[] = [];
  for (let turn = 0; turn < MOST_PAGES; turn += 1) {
    const query = { updated: 0, s: raw.length, l: LOTS_PAGE };
    const name = `lots ${query.s} to ${query.s + LOTS_PAGE - 1}`;
    const asked = await book.askRaw(['ncDeal/GetUpdated', name], query, parseLotPage);
    if (!asked.value) break;
    const { count, total, rejected } = asked.value;
    raw.push(...(page.safeParse(asked.raw).data?.items ?? []));
    lots.push(...asked.value.lots);
    asked.remark(`${count} of ${total ?? 'an unknown number'}`);
    if (rejected.length > 0)
      asked.remark(`${rejected.length} that are no objects, or have neither guid nor code`);
    if (count > LOTS_PAGE) asked.remark('more than the page length asked for');
    if (count === 0 || (total !== null && raw.length >= total)) break;
  }
  const survey = surveyLots(raw);
  const strays = lots.filter(
    ({ programmeCode }) => programmeCode === null || !programmeCodes.has(programmeCode),
  ).length;
  const some = lots.length > 0;
  book.assume(
    'PROGRAMME_CODE_KEYS',
    some ? strays === 0 : null,
    `${strays} of ${lots.length} lots name no listed programme`,
  );
  const shapes = [...survey.statusShapes.keys()].join(', ') || 'nothing';
  book.assume(
    'STATUS_CODE_KEY',
    some ? lots.some(({ statusCode }) => statusCode !== null) : null,
    `seen: ${shapes}`,
  );
  const { same, hoursApart } = survey.wallClock;
  const apart = [...new Set(hoursApart)].slice(0, 5).join(', ');
  book.assume(
    'instantFromWallClock',
    same + hoursApart.length > 0 ? hoursApart.length === 0 : null,
    `Updated and DUpdated agree in ${same} lots, differ in ${hoursApart.length}${apart && `, by ${apart} h`}`,
  );
  const { read, implausible } = survey.dates;
  const { first, last } = PLAUSIBLE_YEARS;
  book.assume(
    'PLAUSIBLE_YEARS',
    read > 0 ? implausible === 0 : null,
    `${implausible} of ${read} dates lie outside ${first} to ${last}`,
  );
  return { lots, survey };
}

async function surveyFilters(book: Book, programmeCode: string | undefined): Promise<void> {
  const tomorrow = Math.floor(Date.now() / 1000) + 86_400;
  const future = await book.askRaw(
    ['ncDeal/GetUpdated', 'lots changed after tomorrow'],
    { updated: tomorrow, s: 0, l: 1 },
    parseLotPage,
  );
  if (future.value && future.value.count > 0)
    future.remark('some came: `updated` is not honoured in UNIX seconds');
  if (programmeCode === undefined) return;
  const query = { updated: 0, processcode: programmeCode, s: 0, l: 20 };
  const one = await book.askRaw(['ncDeal/GetUpdatedProcess', 'lots of one programme'], query, parseLotPage);
  const others = one.value?.lots.filter((lot) => lot.programmeCode !== programmeCode).length ?? 0;
  if (others > 0) one.remark(`${others} lots of another programme`);
}

async function surveyOptions(book: Book, lots: KobanLot[]): Promise<void> {
  const method = 'ncOption/GetLotStatus';
  for (const wanted of ['LIBRE', 'OPTION', 'PRERESV']) {
    const lot = lots.find(
      ({ statusCode, secondary, extcode }) => statusCode === wanted && !secondary && extcode !== null,
    );
    if (!lot?.extcode) continue;
    const { extcode } = lot;
    const { outcome, remark } = await book.ask(method, `a lot at ${wanted}`, (client) =>
      getLotStatus(client, extcode),
    );
    if (outcome.kind !== 'done') continue;
    const { result, maxRank, endDate, grant } = outcome.value;
    const allows = grant.rank === null ? `no option (${grant.why})` : `an option of rank ${grant.rank}`;
    remark(
      `Result ${result}, MaxRank ${maxRank ?? 'none'}, EndDate ${endDate ? 'a date' : 'none'}: allows ${allows}`,
    );
  }
  const { outcome, remark } = await book.ask(method, 'a code that no lot has', (client) =>
    getLotStatus(client, invented()),
  );
  if (outcome.kind === 'done' && outcome.value.result !== -1)
    remark(`Result ${outcome.value.result}, where WIRE says -1`);
}

async function surveyDenonciations(book: Book, programmeCode: string | undefined): Promise<void> {
  const method = 'ncDenonc/CheckDenonc';
  const name = invented();
  const who = { name, firstName: 'Parvis', email: `${name}@exemple.invalid`, phone: '+33199005678' };
  if (programmeCode !== undefined) {
    const check = { ...who, programmeCode };
    const { outcome, remark } = await book.ask(method, 'an invented prospect', (client) =>
      checkDenonciation(client, check),
    );
    const verdict = outcome.kind === 'done' ? outcome.value.verdict : outcome.kind;
    remark(`verdict: ${verdict}`);
    const found = verdict === 'exists' || verdict === 'denounced';
    // A Koban that ignored our names would find nobody either: only the opposite proves something.
    const why = `an invented prospect is: ${verdict}${found ? '' : ' (a Koban that ignores our names would say so too)'}`;
    book.assume('DENONC_INPUT', found ? false : null, why);
  } else {
    book.assume('DENONC_INPUT', null, 'no programme');
  }
  const nowhere = { ...who, programmeCode: name };
  const { outcome, remark } = await book.ask(method, 'a programme that does not exist', (client) =>
    checkDenonciation(client, nowhere),
  );
  if (outcome.kind === 'done') remark(`verdict: ${outcome.value.verdict}`);
}

async function surveyThirds(book: Book): Promise<void> {
  const key = invented();
  const lookUps: [string, string, Record<string, string | number>][] = [
    ['ncThird/GetOneByExtcode', 'nobody', { extcode: key }],
    ['ncThird/GetOneByKey', 'nobody', { uniqueproperty: 'Email', value: `${key}@exemple.invalid` }],
    ['ncThird/GetByLabel', 'nobody', { search: key, s: 0, l: 1 }],
    ['ncThird/NoSuchMethod', 'a method that does not exist', {}],
  ];
  for (const [method, asked, query] of lookUps) {
    const { raw, outcome, remark } = await book.askRaw([method, asked], query, (value) => ({
      kind: 'done',
      value,
    }));
    const none = raw === null || page.safeParse(raw).data?.items.length === 0;
    if (outcome.kind === 'done')
      remark(raw === null ? 'null' : none ? 'an empty list' : 'something was found');
  }
}

const invented = () => `parvis-check-${randomToken(9)}`;

function inWords(outcome: ReadOutcome<unknown>): string {
  if (outcome.kind === 'done') return 'answered';
  if (outcome.kind === 'unreachable') return `unreachable (${outcome.reason})`;
  const detail = outcome.detail === null ? '' : `, ${outcome.detail}`;
  return `${outcome.kind} (${outcome.reason}${detail}, HTTP ${outcome.status ?? 'none'})`;
}
