/** Whether nine digits are a SIREN: the last is Luhn's check digit (INSEE). */
export function isSiren(digits: string): boolean {
  return /^\d{9}$/.test(digits) && luhn(digits);
}

function luhn(digits: string): boolean {
  const sum = [...digits].reverse().reduce((total, digit, place) => {
    const worth = Number(digit) * (place % 2 === 0 ? 1 : 2);
    return total + (worth > 9 ? worth - 9 : worth);
  }, 0);
  return sum % 10 === 0;
}

/** The cabinet's code in every Koban: the same at each attempt, so that `PostOne` makes one CGP however often it is sent. */
export const cgpExtcode = (cabinetId: string): string => `PARVIS-CGP-${cabinetId}`;

/** What a convention is today, in Paris. Days as PostgreSQL writes them, both inclusive. */
export type ConventionStanding = 'suspended' | 'ended' | 'coming' | 'ending' | 'valid';

/** A month: as long as it takes to draw up its successor. */
export const ENDING_DAYS = 30;

export function standingOf(
  convention: { suspendedAt: Date | null; validFrom: string | null; validUntil: string | null },
  today: string,
): ConventionStanding {
  const { suspendedAt, validFrom, validUntil } = convention;
  if (suspendedAt) return 'suspended';
  if (validUntil !== null && validUntil < today) return 'ended';
  if (validFrom !== null && validFrom > today) return 'coming';
  return validUntil !== null && validUntil <= addDays(today, ENDING_DAYS) ? 'ending' : 'valid';
}

/** Days later, as a day: plain calendar days, of no zone. */
export function addDays(day: string, days: number): string {
  return new Date(Date.parse(`${day}T00:00:00Z`) + days * 86_400_000).toISOString().slice(0, 10);
}
