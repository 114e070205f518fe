import type { ChangeStage } from '@/components/options/use-change';
import type { StepState } from '@/components/ui/steps';

/** How the two steps of a change stand: the option proven still ours, then the change itself. */
export function changeSteps(stage: ChangeStage): { verify: StepState; send: StepState } | null {
  switch (stage.kind) {
    case 'asking':
    case 'signed-out':
    case 'fault':
      return null;
    case 'sending':
      return { verify: 'running', send: 'waiting' };
    case 'ended':
      break;
  }
  const { outcome } = stage;
  switch (outcome.kind) {
    case 'done':
      return { verify: 'done', send: outcome.proven ? 'done' : 'unknown' };
    case 'uncertain':
      return { verify: 'done', send: 'unknown' };
    case 'unsent':
      return outcome.sent
        ? { verify: 'done', send: 'unreachable' }
        : { verify: 'unreachable', send: 'waiting' };
    case 'refused':
      return outcome.sent ? { verify: 'done', send: 'refused' } : { verify: 'refused', send: 'skipped' };
  }
}
