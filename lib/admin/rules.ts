import admin from '@/messages/fr/admin.json';

const { actions, factNames, subjects } = admin.journal;
export type ActionKey = keyof typeof actions;
export type SubjectKey = keyof typeof subjects;

/** The key of an action's sentence under `admin.journal.actions`; null when it has none yet: the action's own name is then shown. */
export function actionKey(action: string): ActionKey | null {
  const key = action.replace('.', '_');
  return isKeyOf(actions, key) ? key : null;
}

/** The key of a subject's word under `admin.journal.subjects`; null when it has none. */
export const subjectKey = (type: string): SubjectKey | null => (isKeyOf(subjects, type) ? type : null);

function isKeyOf<Words extends object>(words: Words, key: string): key is Extract<keyof Words, string> {
  return Object.hasOwn(words, key);
}

export type FactKey = keyof typeof factNames;
type Fact = string | number | boolean | null;

/** How a fact is written: its name's word, and yes or no. */
export type FactWords = { name: (key: FactKey) => string; yes: string; no: string };

/** « lot TDC-L105 · rang 1 »: the facts that an act or the audit keeps, in the order they were written; nothing that is empty. */
export function factsLine(facts: Record<string, Fact> | null, words: FactWords): string {
  return Object.entries(facts ?? {})
    .filter(([, value]) => value !== null && value !== '')
    .map(([name, value]) => {
      const shown = typeof value === 'boolean' ? (value ? words.yes : words.no) : value;
      return `${isKeyOf(factNames, name) ? words.name(name) : name} ${shown}`;
    })
    .join(' · ');
}
