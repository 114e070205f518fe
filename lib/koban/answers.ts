import { z } from 'zod';
import { ERROR_CODE_KEYS, MESSAGE_KEYS, SUCCESS_KEYS } from './assumptions';
import type { Refusal } from './client';
import { malformed, type Parsed, readText } from './wire';

/** Koban's error codes of one method, each with the business case it means. */
export type Codes<C extends string> = Record<string, C>;

const answer = z.record(z.string(), z.unknown());
const LONGEST_MESSAGE = 500;

/**
 * Reads the answer to a write. Success is the boolean `true` and nothing else, with no error code beside it; a refusal is
 * the boolean `false`. Whatever else comes is malformed: the write may have happened.
 */
export function parseVerdict<T, C extends string>(
  codes: Codes<C>,
  readValue: (answer: Record<string, unknown>) => Parsed<T>,
): (raw: unknown) => Parsed<T> | Refusal<C> {
  return (raw) => {
    const parsed = answer.safeParse(raw);
    if (!parsed.success) return malformed('answer: not an object');
    const fields = parsed.data;
    const verdicts = SUCCESS_KEYS.filter((key) => key in fields).map((key) => fields[key]);
    const [verdict] = verdicts;
    if (typeof verdict !== 'boolean' || verdicts.some((other) => other !== verdict))
      return malformed('success');
    const rawCode = readCode(first(fields, ERROR_CODE_KEYS));
    if (verdict) return rawCode === null ? readValue(fields) : malformed('errorcode beside success');
    return refusal(codes, rawCode, readMessage(fields));
  };
}

/** For writes whose success says all. */
export const noValue = (): Parsed<null> => ({ kind: 'done', value: null });

function refusal<C extends string>(
  codes: Codes<C>,
  rawCode: string | null,
  message: string | null,
): Refusal<C> {
  const code = rawCode !== null && Object.hasOwn(codes, rawCode) ? codes[rawCode] : undefined;
  // A method for which Koban documents no code cannot have an unlisted one, unless it sends one.
  const unlisted = code === undefined && (rawCode !== null || Object.keys(codes).length > 0);
  return { kind: 'refused', code: code ?? 'other', rawCode, message, unlisted };
}

/** « 01 » as text or as a number; an empty code or zero is none. */
function readCode(raw: unknown): string | null {
  const code = readText(raw);
  return code === null || /^0+$/.test(code) ? null : code.padStart(2, '0');
}

function readMessage(fields: Record<string, unknown>): string | null {
  const errors = Array.isArray(fields.Errors)
    ? fields.Errors.map(readText).filter((text) => text !== null)
    : [];
  const message = readText(first(fields, MESSAGE_KEYS)) ?? errors.join(' · ');
  return message.slice(0, LONGEST_MESSAGE).toWellFormed() || null;
}

function first(fields: Record<string, unknown>, keys: readonly string[]): unknown {
  return keys.map((key) => fields[key]).find((value) => value !== undefined && value !== null);
}
