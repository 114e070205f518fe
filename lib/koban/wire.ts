import { z } from 'zod';
import { type Cents, centsFromEuros } from '@/lib/core/money';
import { STATUS_CODE_KEY } from './assumptions';

/** What a parser made of an answer. `detail` names a property, never a value. */
export type Parsed<T> =
  | { kind: 'done'; value: T }
  | { kind: 'malformed'; reason: 'shape' | 'mismatch'; detail: string };

/** A parser that holds an answer against a schema. */
export function parseWith<T>(schema: z.ZodType<T>): (answer: unknown) => Parsed<T> {
  return (answer) => {
    const parsed = schema.safeParse(answer);
    return parsed.success ? { kind: 'done', value: parsed.data } : malformed(firstFault(parsed.error));
  };
}

/** An answer that does not have the shape it must have; `detail` names the property at fault. */
export function malformed(detail: string, reason: 'shape' | 'mismatch' = 'shape'): Parsed<never> {
  return { kind: 'malformed', reason, detail };
}

function firstFault(error: z.ZodError): string {
  const issue = error.issues[0];
  return issue ? `${issue.path.join('.') || 'answer'}: ${issue.code}` : 'answer';
}

/**
 * Text of any scalar, trimmed; null when there is none. NUL and half surrogate pairs are dropped: they are no text, and
 * PostgreSQL refuses them.
 */
export function readText(raw: unknown): string | null {
  if (typeof raw === 'number' && Number.isFinite(raw)) return String(raw);
  if (typeof raw !== 'string') return null;
  return raw.toWellFormed().replaceAll('\u0000', '').trim() || null;
}

/** The guid that a write answers with, alone or in a list. */
export function readGuid(raw: unknown): string | null {
  return readText(Array.isArray(raw) ? raw[0] : raw);
}

function readEuros(raw: unknown): Cents | null {
  return typeof raw === 'number' || typeof raw === 'string' ? centsFromEuros(raw) : null;
}

/** A reference as Koban writes it: `{Code, Label, Guid}` or, for some, only the code. */
export type Reference = { code: string | null; label: string | null; guid: string | null };

function readReference(raw: unknown): Reference {
  if (!isRecord(raw)) return { code: readText(raw), label: null, guid: null };
  const { [STATUS_CODE_KEY]: code, Extcode, Label, Guid } = raw;
  return { code: readText(code) ?? readText(Extcode), label: readText(Label), guid: readText(Guid) };
}

// A lot has some twenty objects, and a stock many thousand lots: a schema would copy each of them.
const isRecord = (raw: unknown): raw is Record<string, unknown> =>
  typeof raw === 'object' && raw !== null && !Array.isArray(raw);
const loose = z.unknown().optional();

/** Any property may be absent, null or of another type: the text in it, or null. */
export const text = loose.transform(readText);
/** Decimal euros as cents; null when absent or no price. */
export const euros = loose.transform(readEuros);
/** `{Code, Label, Guid}` or a plain code. */
export const reference = loose.transform(readReference);
/** An array's objects; whatever else is in it, or instead of it, is left out. */
export const objects = loose.transform((raw): Record<string, unknown>[] =>
  Array.isArray(raw) ? raw.filter(isRecord) : [],
);
/** Anything, for parsers that look closer. */
export const anything = loose;

/**
 * One page of a list as Koban wraps it; a bare array is a page that holds everything. A count of 0 needs no list: without one, or
 * with null, it says that there is nothing. Any other object without a list is malformed.
 */
export const page = z.union([
  z.array(z.unknown()).transform((List) => ({ total: List.length, items: List, bare: true })),
  z
    .object({ Length: loose, List: z.array(z.unknown()).nullish() })
    .refine(({ Length, List }) => Array.isArray(List) || readCount(Length) === 0, { path: ['List'] })
    .transform(({ Length, List }) => ({ total: readCount(Length), items: List ?? [], bare: false })),
]);

function readCount(raw: unknown): number | null {
  const count = typeof raw === 'string' && raw.trim() !== '' ? Number(raw) : raw;
  return typeof count === 'number' && Number.isSafeInteger(count) && count >= 0 ? count : null;
}

/** Custom fields by their Koban id: `true`/`false`, a number, or text (`DD/MM/YYYY`, a list value's label or code). */
export function readFields(list: Record<string, unknown>[]): Record<string, string | number | boolean> {
  const entries = list.flatMap((field) => {
    const id = readText(field.FieldId);
    const value =
      typeof field.Value === 'boolean' || typeof field.Value === 'number'
        ? field.Value
        : readText(field.Value);
    return id !== null && value !== null ? [[id, value] as const] : [];
  });
  return Object.fromEntries(entries);
}

/** What could not be used of a list, with its place in the page and the reason. */
export type Rejected = { index: number; reason: 'not-an-object' | 'no-identity' };
