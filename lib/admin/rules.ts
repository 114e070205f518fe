import admin from '@/messages/fr/admin.json';

const { actions, subjects } = admin.journal;
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

/** « lot TDC-L105, rang 1 » as the audit keeps it: names and values, in the order they were written; nothing that is empty. */
export function factsLine(facts: Record<string, string | number | boolean | null> | null): string {
  return Object.entries(facts ?? {})
    .filter(([, value]) => value !== null && value !== '')
    .map(([name, value]) => `${name} ${value}`)
    .join(' · ');
}
