import type { Malformed, Refused, Unknown, Unreachable } from '@/lib/koban/outcome';
import type { Facts, Rest } from './definition';

/** Why an act was kept unsent: nothing answered, no answer in time, none that can be read, our keys refused, or a call to slow down. */
export type SilenceCode =
  | 'koban-unreachable'
  | 'koban-silent'
  | 'koban-unreadable'
  | 'koban-keys-refused'
  | 'koban-asks-to-wait';

type Setback<Step extends string> = { step: Step; facts: Facts; ending: Rest };

/** What it means that a read, made before anything was sent, has no answer to rely on: nothing happened. */
export function silenceCode(outcome: Unreachable | Malformed | Unknown): SilenceCode {
  switch (outcome.kind) {
    case 'unreachable':
      return 'koban-unreachable';
    case 'unknown':
      if (outcome.reason === 'unauthorised') return 'koban-keys-refused';
      return outcome.reason === 'rate-limited' ? 'koban-asks-to-wait' : 'koban-silent';
    case 'malformed':
      return 'koban-unreadable';
  }
}

/** A phase that only reads, and got no answer to rely on: the act is kept, to be sent again by a person. */
export function afterSilence(
  outcome: Unreachable | Malformed | Unknown,
): Setback<'unreachable' | 'unknown' | 'malformed'> {
  return {
    step: outcome.kind,
    facts: { reason: outcome.reason },
    ending: { to: 'unsent', code: silenceCode(outcome) },
  };
}

/** A phase that writes, and did not get Koban's yes. `codes`: what a refusal and an unknown effect are called. */
export function afterSetback(
  outcome: Refused | Unreachable | Unknown,
  codes: { refused: string; unknown: string },
): Setback<'refused' | 'unreachable' | 'unknown'> {
  switch (outcome.kind) {
    case 'refused':
      return {
        step: 'refused',
        facts: { errorcode: outcome.rawCode, unlisted: outcome.unlisted },
        ending: { to: 'refused', code: codes.refused, kobanMessage: outcome.message },
      };
    case 'unreachable':
      return {
        step: 'unreachable',
        facts: { reason: outcome.reason },
        ending: { to: 'unsent', code: 'koban-unreachable' },
      };
    case 'unknown':
      return {
        step: 'unknown',
        facts: { reason: outcome.reason },
        ending: { to: 'uncertain', code: codes.unknown },
      };
  }
}
