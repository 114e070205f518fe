import pino from 'pino';
import { env } from '@/lib/core/env';

let logger: pino.Logger | undefined;

/** This process's log: one JSON line an event. Never a person's data, never a key. */
export function log(): pino.Logger {
  logger ??= pino({ level: env().LOG_LEVEL, base: null });
  return logger;
}

/**
 * What may be told of an exception: its class, its codes and where it was thrown. Not its message: it may quote
 * people's data.
 */
export function faultFacts(fault: unknown): { fault: string; code?: string; at?: string[] } {
  if (!(fault instanceof Error)) return { fault: typeof fault };
  const code = [fault, fault.cause]
    .map((error) => (error as { code?: unknown } | undefined)?.code)
    .find((c) => c);
  const at = fault.stack
    ?.split('\n')
    .filter((line) => /^\s+at /.test(line))
    .slice(0, 6);
  return {
    fault: fault.name,
    ...(code ? { code: String(code) } : {}),
    ...(at ? { at: at.map((line) => line.trim()) } : {}),
  };
}
