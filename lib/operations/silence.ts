import type { Malformed, Unknown, Unreachable } from '@/lib/koban/outcome';
import type { Facts, Rest } from './definition';

/**
 * A read before anything was sent, to which Koban gave no answer that may be relied on: nothing happened, and the act is kept.
 * Null when it did answer.
 */
export function silenceOf(
  outcome: { kind: 'done' | 'refused' } | Unreachable | Malformed | Unknown,
): { step: 'unreachable' | 'unknown' | 'malformed'; facts: Facts; ending: Rest } | null {
  switch (outcome.kind) {
    case 'done':
    case 'refused':
      return null;
    case 'unreachable':
      return silence(outcome, 'koban-unreachable');
    case 'unknown':
      return silence(outcome, 'koban-silent');
    case 'malformed':
      return silence(outcome, 'koban-unreadable');
  }
}

const silence = <Kind extends 'unreachable' | 'unknown' | 'malformed'>(
  { kind, reason }: { kind: Kind; reason: string },
  code: SilenceCode,
) => ({ step: kind, facts: { reason }, ending: { to: 'unsent' as const, code } });

/** Why an act was kept unsent: nothing answered, no answer in time, or none that can be read. */
export type SilenceCode = 'koban-unreachable' | 'koban-silent' | 'koban-unreadable';
