const HOUR = 3_600_000;
const parisHour = new Intl.DateTimeFormat('en-CA', {
  timeZone: 'Europe/Paris',
  hourCycle: 'h23',
  year: 'numeric',
  month: '2-digit',
  day: '2-digit',
  hour: '2-digit',
});
/** Paris' distance from UTC by hour of time: it changes on full hours only, and asking Intl for every lot is slow. */
const offsets = new Map<number, number>();

function parisOffset(instant: number): number {
  const hour = Math.floor(instant / HOUR);
  let offset = offsets.get(hour);
  if (offset === undefined) {
    const part: Record<string, string> = {};
    for (const { type, value } of parisHour.formatToParts(hour * HOUR)) part[type] = value;
    offset = Date.parse(`${part.year}-${part.month}-${part.day}T${part.hour}:00:00Z`) - hour * HOUR;
    offsets.set(hour, offset);
  }
  return offset;
}

/** `2021-03-22T18:46:18.538`: Paris wall time without a zone (shape PUB, zone ASSUMED). */
export function parisIso(instant: number): string {
  return new Date(instant + parisOffset(instant)).toISOString().slice(0, -1);
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
  const guess = asUtc - parisOffset(asUtc);
  return asUtc - parisOffset(guess);
}
