const parisParts = new Intl.DateTimeFormat('en-CA', {
  timeZone: 'Europe/Paris',
  hourCycle: 'h23',
  year: 'numeric',
  month: '2-digit',
  day: '2-digit',
  hour: '2-digit',
  minute: '2-digit',
  second: '2-digit',
});

/** `2021-03-22T18:46:18.538`: Paris wall time without a zone (shape PUB, zone ASSUMED). */
export function parisIso(instant: number): string {
  const part: Record<string, string> = {};
  for (const { type, value } of parisParts.formatToParts(instant)) part[type] = value;
  const millis = String(((instant % 1000) + 1000) % 1000).padStart(3, '0');
  return `${part.year}-${part.month}-${part.day}T${part.hour}:${part.minute}:${part.second}.${millis}`;
}

/** `/Date(1579771515726)/`, as webhooks write instants (PUB). */
export function slashDate(instant: number): string {
  return `/Date(${Math.trunc(instant)})/`;
}

/** UNIX seconds, with a fraction when the instant has one (PUB). */
export function unixSeconds(instant: number): number {
  return instant / 1000;
}

export const EMPTY_ISO = '0001-01-01T00:00:00';

/** The instant of a Paris wall time such as `2027-03-28T14:30`; a time that the clocks skip falls on the hour after. */
export function fromParis(wall: string): number | null {
  const asUtc = Date.parse(`${wall.length === 16 ? `${wall}:00` : wall}Z`);
  if (Number.isNaN(asUtc)) return null;
  const offsetAt = (instant: number): number => Date.parse(`${parisIso(instant)}Z`) - instant;
  const guess = asUtc - offsetAt(asUtc);
  return asUtc - offsetAt(guess);
}
