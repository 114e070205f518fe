import acts from '@/messages/fr/acts.json';
import admin from '@/messages/fr/admin.json';

const { actions, factNames, factValues, subjects, systemNames } = admin.journal;
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

function isKeyOf<Words extends object>(words: Words, key: string): key is Extract<keyof Words, string> {
  return Object.hasOwn(words, key);
}

export type FactKey = keyof typeof factNames;
type Fact = string | number | boolean | null;

type ValueKey = keyof typeof factValues;
type CodeKey = keyof typeof acts.codes;

/** How a fact is written: its name's word; the word or the sentence of a value that is one of the portal's own codes; yes or no. */
export type FactWords = {
  name: (key: FactKey) => string;
  value: (key: ValueKey) => string;
  code: (key: CodeKey) => string;
  yes: string;
  no: string;
};

/** Ids that tie an entry to another: of no use to who reads. */
const unread = new Set(['operation']);

/** « lot TDC-L105 · rang 1 »: the facts that an act or the audit keeps, in the order they were written; nothing that is empty. */
export function factsLine(facts: Record<string, Fact> | null, words: FactWords): string {
  return Object.entries(facts ?? {})
    .filter(([name, value]) => value !== null && value !== '' && !unread.has(name))
    .map(([name, value]) => `${isKeyOf(factNames, name) ? words.name(name) : name} ${shown(value, words)}`)
    .join(' · ');
}

function shown(value: Fact, words: FactWords): string {
  if (typeof value === 'boolean') return value ? words.yes : words.no;
  const text = String(value);
  if (isKeyOf(factValues, text)) return words.value(text);
  return isKeyOf(acts.codes, text) ? words.code(text) : text;
}
