import { z } from 'zod';
import { parisParts } from '@/lib/core/paris';
import { TAG_CATEGORY_KEYS } from './assumptions';
import { type KobanDate, readKobanDate } from './dates';
import { objects, readText } from './wire';

/** The lot statuses that Koban documents; a customer may have more. */
const DOCUMENTED_STATUSES = ['LIBRE', 'OPTION', 'PRERESV', 'RESV', 'BLOQUE'];

/** The properties of a lot that the portal reads (WIRE: ncDeal). */
const KNOWN = [
  ...[
    'Guid',
    'Extcode',
    'Label',
    'Description',
    'Status',
    'Process',
    'Result',
    'Amountprev',
    'Tags',
    'MoreFields',
  ],
  ...['Type', 'Link', 'DPrev', 'DResult', 'Updated', 'DUpdated'],
];
const DATES = ['DPrev', 'DResult', 'Updated', 'DUpdated'];
const EXAMPLES = 3;
const LONGEST_EXAMPLE = 30;

type Counts = Map<string, number>;

/** What a customer's lots look like on the wire: counts and shapes, and no value that could name a person. */
export type LotsSurvey = {
  lots: number;
  /** Known properties that are absent or null, and in how many lots. */
  missing: Counts;
  unknownProperties: Counts;
  numericExtcodes: number;
  statuses: Counts;
  undocumentedStatuses: string[];
  statusShapes: Counts;
  types: Counts;
  tags: Counts;
  dateShapes: Counts;
  /** Dates that name an instant, and among them those outside the years that a date of Koban's may have. */
  dates: { read: number; implausible: number };
  fields: Map<string, { lots: number; examples: string[] }>;
  /** Lots whose `Updated` and `DUpdated` name the same minute, and those where they differ, by hours. */
  wallClock: { same: number; hoursApart: number[] };
};

const record = z.record(z.string(), z.unknown());

/** Looks at lots as they came. */
export function surveyLots(raw: readonly unknown[]): LotsSurvey {
  const lots = raw.map((item) => record.safeParse(item).data).filter((lot) => lot !== undefined);
  const survey: LotsSurvey = {
    lots: lots.length,
    missing: new Map(),
    unknownProperties: new Map(),
    numericExtcodes: lots.filter((lot) => typeof lot.Extcode === 'number').length,
    statuses: new Map(),
    undocumentedStatuses: [],
    statusShapes: new Map(),
    types: new Map(),
    tags: new Map(),
    dateShapes: new Map(),
    dates: { read: 0, implausible: 0 },
    fields: new Map(),
    wallClock: { same: 0, hoursApart: [] },
  };
  const values = new Map<string, Counts>();
  for (const lot of lots) {
    for (const name of KNOWN) if (lot[name] === undefined || lot[name] === null) count(survey.missing, name);
    for (const name of Object.keys(lot)) if (!KNOWN.includes(name)) count(survey.unknownProperties, name);
    const status = record.safeParse(lot.Status).data;
    count(survey.statusShapes, status ? '{Code, Label}' : kindOf(lot.Status));
    count(survey.statuses, readText(status ? status.Code : lot.Status) ?? '(none)');
    count(survey.types, readText(lot.Type) ?? '(none)');
    for (const tag of objects.parse(lot.Tags)) count(survey.tags, tagName(tag));
    for (const name of DATES) {
      const date = readKobanDate(lot[name]);
      count(survey.dateShapes, `${name}: ${dateShape(date)}`);
      const implausible = date.date === null && date.why === 'implausible';
      if (implausible) survey.dates.implausible += 1;
      if (implausible || date.date !== null) survey.dates.read += 1;
    }
    compareClocks(survey.wallClock, lot);
    for (const field of objects.parse(lot.MoreFields)) {
      const id = readText(field.FieldId) ?? '(no FieldId)';
      const seen = values.get(id) ?? new Map<string, number>();
      values.set(id, seen);
      if (field.Value !== null && field.Value !== undefined) count(seen, String(field.Value));
    }
  }
  survey.undocumentedStatuses = [...survey.statuses.keys()].filter(
    (code) => !DOCUMENTED_STATUSES.includes(code),
  );
  for (const [id, seen] of values) survey.fields.set(id, { lots: total(seen), examples: examples(seen) });
  return survey;
}

function count(counts: Counts, key: string): void {
  counts.set(key, (counts.get(key) ?? 0) + 1);
}

const total = (counts: Counts) => [...counts.values()].reduce((sum, each) => sum + each, 0);

function kindOf(value: unknown): string {
  return value === null || value === undefined ? '(none)' : typeof value;
}

function tagName(tag: Record<string, unknown>): string {
  const key = TAG_CATEGORY_KEYS.find((each) => readText(tag[each]) !== null);
  return key === undefined ? '(no category)' : `${readText(tag[key])} (in ${key})`;
}

function dateShape(date: KobanDate): string {
  return date.date === null ? date.why : date.shape;
}

function compareClocks(found: LotsSurvey['wallClock'], lot: Record<string, unknown>): void {
  const wall = readKobanDate(lot.Updated);
  const unix = readKobanDate(lot.DUpdated);
  if (
    wall.date === null ||
    unix.date === null ||
    wall.shape !== 'iso-local' ||
    !unix.shape.startsWith('unix')
  )
    return;
  const minutes = Math.round((wall.date.getTime() - unix.date.getTime()) / 60_000);
  // In the hour that autumn shows twice the clock on the wall cannot tell the two apart: an hour's difference is none there.
  const shownTwice = Math.abs(minutes) === 60 && parisParts(wall.date).hour === parisParts(unix.date).hour;
  if (Math.abs(minutes) <= 1 || shownTwice) found.same += 1;
  else found.hoursApart.push(Math.round(minutes / 6) / 10);
}

/**
 * Values that help to recognise a field without naming anyone: those which several lots share, and numbers, dates and
 * booleans. A text of one lot alone may be a person's name.
 */
function examples(seen: Counts): string[] {
  const shown = [...seen]
    .filter(
      ([value, lots]) =>
        value.length <= LONGEST_EXAMPLE && !value.includes('@') && (lots > 1 || isPlain(value)),
    )
    .sort(([, one], [, other]) => other - one)
    .map(([value]) => value);
  return shown.slice(0, EXAMPLES);
}

const isPlain = (value: string) => /^(?:true|false|-?\d{1,8}(?:[.,]\d+)?|\d{2}\/\d{2}\/\d{4})$/i.test(value);
