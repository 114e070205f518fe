const HALF_HOUR_MS = 1_800_000;
const MINUTE_MS = 60_000;

/**
 * The first full or half hour not before `date`: the instant at which Koban lets an option expire (Koban Immobilier,
 * « Expiration d'option »). Computed in UTC: Paris is always whole hours away from it, so their :00 and :30 coincide,
 * on the nights of the clock change too.
 */
export function expiryBoundary(date: Date): Date {
  return new Date(Math.ceil(date.getTime() / HALF_HOUR_MS) * HALF_HOUR_MS);
}

/** Whether `now` lies within `minutes` of a full or half hour, on either side: options end there, so an act may miss its target. */
export function nearBoundary(now: Date, minutes: number): boolean {
  const since = ((now.getTime() % HALF_HOUR_MS) + HALF_HOUR_MS) % HALF_HOUR_MS;
  return Math.min(since, HALF_HOUR_MS - since) <= minutes * MINUTE_MS;
}
