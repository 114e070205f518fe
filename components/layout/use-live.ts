import { useEffect, useEffectEvent, useSyncExternalStore } from 'react';
import {
  type HeardEvents,
  type HeardKind,
  hear,
  type StreamState,
  streamState,
  watchState,
} from '@/components/layout/live-line';

/**
 * Calls the handler at each event of a kind, as long as the component is shown. Events name what changed and do not hold it: ask
 * for it again. At `resume` something may have been missed: ask again for whatever the other events would have told of.
 */
export function useLive<Kind extends HeardKind>(
  kind: Kind,
  handler: (event: HeardEvents[Kind]) => void,
): void {
  const onEvent = useEffectEvent(handler);
  useEffect(() => hear(kind, (event) => onEvent(event)), [kind]);
}

/** Whether this tab is told of changes, or must ask for them. */
export function useStreamState(): StreamState {
  return useSyncExternalStore(watchState, streamState, () => 'opening');
}
