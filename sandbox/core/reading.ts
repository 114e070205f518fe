/** A value of a JSON object, or undefined. */
export function field(source: unknown, ...path: string[]): unknown {
  let value = source;
  for (const name of path) {
    if (typeof value !== 'object' || value === null) return undefined;
    value = new Map<string, unknown>(Object.entries(value)).get(name);
  }
  return value;
}

/** A text that says something; numbers count as their digits. Else null. */
export function textOf(value: unknown): string | null {
  if (typeof value === 'number' && Number.isFinite(value)) return String(value);
  return typeof value === 'string' && value.trim() !== '' ? value.trim() : null;
}

export function numberOf(value: unknown): number | null {
  if (typeof value === 'number' && Number.isFinite(value)) return value;
  if (typeof value === 'string' && value.trim() !== '' && Number.isFinite(Number(value)))
    return Number(value);
  return null;
}

/** How Koban recognises a prospect (ASSUMED): e-mail without case, phone by its last nine digits. */
export function sameEmail(value: unknown): string | null {
  return textOf(value)?.toLowerCase() ?? null;
}

export function samePhone(value: unknown): string | null {
  const digits = textOf(value)?.replace(/\D/g, '') ?? '';
  return digits.length >= 9 ? digits.slice(-9) : null;
}
