import acts from '@/messages/fr/acts.json';
import admin from '@/messages/fr/admin.json';

const { actions, factNames, factValues, lotResults, subjects, systemNames } = admin.journal;
const { names: sentNames, groups: sentGroupNames } = admin.uncertain.values;
export type ActionKey = keyof typeof actions;
export type SubjectKey = keyof typeof subjects;

/** The key of an action's sentence under `admin.journal.actions`; null when it has none yet: the action's own name is then shown. */
export function actionKey(action: string): ActionKey | null {
  const key = action.replace('.', '_');
  return isKeyOf(actions, key) ? key : null;
}

/** The key of a subject's word under `admin.journal.subjects`; null when it has none. */
export const subjectKey = (type: string): SubjectKey | null => (isKeyOf(subjects, type) ? type : null);

export type SystemKey = keyof typeof systemNames;

/** The key of the name under `admin.journal.systemNames` of what in the portal acted by itself; null for a person or Koban. */
export const systemKey = (kind: string, name: string): SystemKey | null =>
  kind === 'system' && isKeyOf(systemNames, name) ? name : null;

export type FaultKey = keyof typeof admin.home.faults;

const faultKeys: Record<string, FaultKey> = {
  'unreachable:breaker-open': 'suspended',
  'unreachable:busy': 'suspended',
  'unreachable:tls': 'tls',
  'unknown:timeout': 'silent',
  'unknown:connection-lost': 'silent',
  'unknown:cut': 'silent',
  'unknown:unauthorised': 'unauthorised',
  'unknown:rate-limited': 'rate-limited',
  'unknown:server-error': 'server-error',
  'pages-unsettled': 'unsettled',
  internal: 'internal',
};
const faultKinds: Record<string, FaultKey> = {
  unreachable: 'unreachable',
  unknown: 'unreadable',
  malformed: 'unreadable',
};

/** The key of the sentence under `admin.home.faults` that says what went wrong with the last reading of the stock. */
export function faultKey(fault: string): FaultKey {
  const known = fault.replace(/^programmes:/, '');
  return faultKeys[known] ?? faultKinds[known.split(':')[0] ?? ''] ?? 'other';
}

function isKeyOf<Words extends object>(words: Words, key: string): key is Extract<keyof Words, string> {
  return Object.hasOwn(words, key);
}

export type FactKey = keyof typeof factNames;
type Fact = string | number | boolean | null;

type ValueKey = keyof typeof factValues;
type CodeKey = keyof typeof acts.codes;
type ResultKey = keyof typeof lotResults;

/**
 * How a fact is written: its name's word; the word or the sentence of a value that is one of the portal's own codes; Koban's word on a lot;
 * an instant; yes or no.
 */
export type FactWords = {
  name: (key: FactKey) => string;
  value: (key: ValueKey) => string;
  code: (key: CodeKey) => string;
  result: (key: ResultKey) => string;
  instant: (at: Date) => string;
  yes: string;
  no: string;
};

/** Ids that tie an entry to another: of no use to who reads. */
const unread = new Set(['operation']);

/** « lot TDC-L105 · rang 1 »: the facts that an act or the audit keeps, in the order they were written; nothing that is empty. */
export function factsLine(facts: Record<string, Fact> | null, words: FactWords): string {
  return Object.entries(facts ?? {})
    .filter(([name, value]) => value !== null && value !== '' && !unread.has(name))
    .map(
      ([name, value]) => `${isKeyOf(factNames, name) ? words.name(name) : name} ${shown(name, value, words)}`,
    )
    .join(' · ');
}

const INSTANT = /^\d{4}-\d\d-\d\dT[\d:.]+Z$/;

function shown(name: string, value: Fact, words: FactWords): string {
  if (typeof value === 'boolean') return value ? words.yes : words.no;
  const text = String(value);
  if (name === 'result' && isKeyOf(lotResults, text)) return words.result(text);
  if (INSTANT.test(text)) return words.instant(new Date(text));
  if (isKeyOf(factValues, text)) return words.value(text);
  return isKeyOf(acts.codes, text) ? words.code(text) : text;
}

export type SentKey = keyof typeof sentNames;
export type SentGroup = keyof typeof sentGroupNames;
type GenderKey = keyof typeof admin.uncertain.values.gender;
type SourceKey = keyof typeof acts.source;

/** How what was sent is written: a field's name, and values by their nature. */
export type SentWords = {
  name: (key: SentKey) => string;
  gender: (key: GenderKey) => string;
  source: (key: SourceKey) => string;
  cents: (cents: number) => string;
  instant: (at: Date) => string;
  day: (at: Date) => string;
  rate: (code: string) => string;
  yes: string;
  no: string;
};

export type SentLines = { group: SentGroup | null; lines: { name: string; value: string }[] };

/** What was sent to Koban, field by field in words, in the order it was composed; what was left empty was not sent. */
export function sentLines(sent: object, words: SentWords, group: SentGroup | null = null): SentLines[] {
  const own: SentLines = { group, lines: [] };
  const others: SentLines[] = [];
  for (const [field, value] of Object.entries(sent)) {
    if (isKeyOf(sentGroupNames, field)) others.push(...sentLines(value ?? {}, words, field));
    else {
      const text = said(field, value, words);
      if (text !== '')
        own.lines.push({ name: isKeyOf(sentNames, field) ? words.name(field) : field, value: text });
    }
  }
  return [own, ...others].filter(({ lines }) => lines.length > 0);
}

function said(field: string, value: unknown, words: SentWords): string {
  if (value === undefined || value === null) return '';
  if (Array.isArray(value))
    return value
      .map((one) => said(field, one, words))
      .filter((text) => text !== '')
      .join(', ');
  if (value instanceof Date) return words.instant(value);
  if (typeof value === 'boolean') return value ? words.yes : words.no;
  if (isDay(value)) return words.day(new Date(Date.UTC(value.year, value.month - 1, value.day, 12)));
  if (typeof value === 'number' && field.endsWith('Cents')) return words.cents(value);
  const text = String(value);
  if (field === 'gender' && isKeyOf(admin.uncertain.values.gender, text)) return words.gender(text);
  if (field === 'marketingSource' && isKeyOf(acts.source, text)) return words.source(text);
  return field === 'vat' ? words.rate(text) : text;
}

const isDay = (value: unknown): value is { year: number; month: number; day: number } =>
  typeof value === 'object' && value !== null && 'year' in value && 'month' in value && 'day' in value;
