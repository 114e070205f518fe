const SECOND = 1_000;
const MINUTE = 60 * SECOND;

// RELIABILITY rule 8: a request may be applied late, so readings begin after 30 s and « no trace » is said after 15 minutes.
const FIRST_MS = 30 * SECOND;
const READINGS_MS = [FIRST_MS, 2 * MINUTE, 5 * MINUTE, 15 * MINUTE];
const LATER_MS = 30 * MINUTE;

/** When to read again: at 30 s, 2, 5 and 15 minutes after `sentAt`, then every half hour. */
export function nextReading(sentAt: Date, readings: number, now: Date): Date {
  const planned = READINGS_MS[readings];
  const after = planned === undefined ? now.getTime() + LATER_MS : sentAt.getTime() + planned;
  // Readings missed while the server was down are not made up one upon the other.
  return new Date(Math.max(after, readings === 0 ? 0 : now.getTime() + FIRST_MS));
}
