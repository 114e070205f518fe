import { nameKey } from '@/lib/core/normalise';

// Words and rows of keys that half of all leaked long passwords are made of, in the field's two languages.
const commonWords =
  'password passwort motdepasse mdp azerty qwerty bonjour salut soleil doudou loulou chouchou jetaime iloveyou marseille paris lyon france bienvenue welcome admin administrateur administrator root secret letmein changeme changezmoi monkey dragon princess princesse football superman batman pokemon starwars nicolas camille thomas julien summer winter spring autumn printemps automne hiver janvier fevrier decembre test demo user compte login connexion immobilier promoteur partenaire patrimoine cabinet programme appartement parvis koban abc'.split(
    ' ',
  );
const rows = [
  '01234567890',
  'abcdefghijklmnopqrstuvwxyz',
  'azertyuiop',
  'qsdfghjklm',
  'wxcvbn',
  'qwertyuiop',
  'asdfghjkl',
  'zxcvbnm',
  '1q2w3e4r5t6y7u8i9o0p',
  '1a2z3e4r5t6y7u8i9o0p',
];
const rowsBothWays = rows.flatMap((row) => [row, [...row].reverse().join('')]);
const runLength = 4;

const leet: Record<string, string> = {
  '0': 'o',
  '1': 'i',
  '3': 'e',
  '4': 'a',
  '5': 's',
  '7': 't',
  '@': 'a',
  $: 's',
  '!': 'i',
};

/** What is left of a password once everything that a guesser tries first is taken out must still be this long. */
const ownMin = 6;
const distinctMin = 5;

/**
 * Whether a password of the right length is one that guessers try early: common words, keyboard runs, years, the person's own
 * name or address, or few characters over and over.
 */
export function isGuessable(password: string, context: readonly string[]): boolean {
  const plain = password.normalize('NFKD').replace(/\p{M}/gu, '').toLowerCase();
  if (new Set(plain).size < distinctMin) return true;
  const unleeted = [...plain].map((character) => leet[character] ?? character).join('');
  const words = [...commonWords, ...context.flatMap((text) => nameKey(text).split(' '))]
    .filter((word) => word.length >= 3)
    .sort((a, b) => b.length - a.length);
  return [plain, unleeted].some((text) => own(text, words).length < ownMin);
}

function own(text: string, words: readonly string[]): string {
  const withoutWords = words.reduce((left, word) => left.replaceAll(word, ' '), text);
  return withoutRuns(withoutWords)
    .replace(/(19|20)\d\d/g, '')
    .replace(/(.)\1{2,}/g, '$1')
    .replace(/[^\p{L}\p{N}]/gu, '');
}

function withoutRuns(text: string): string {
  let left = text;
  for (let start = 0; start + runLength <= left.length; ) {
    let end = start + runLength;
    if (!isRun(left.slice(start, end))) {
      start += 1;
      continue;
    }
    while (end < left.length && isRun(left.slice(start, end + 1))) end += 1;
    left = `${left.slice(0, start)} ${left.slice(end)}`;
  }
  return left;
}

const isRun = (piece: string) => rowsBothWays.some((row) => row.includes(piece));

/** How long each one-time link lives. A forgotten password's is short: it is asked for and used in one sitting. */
export const linkLifeMs = {
  invitation: 7 * 24 * 3600_000,
  reset: 3600_000,
  'first-account': 7 * 24 * 3600_000,
} as const;

/** What a one-time link is for. */
export type LinkPurpose = keyof typeof linkLifeMs;

/** The page that each link opens. The secret is in the path, and the pages send no referrer to another site. */
export const linkPath = {
  invitation: '/invitation',
  reset: '/reinitialiser',
  'first-account': '/premier-compte',
} as const satisfies Record<LinkPurpose, string>;
