import { BEAT_MS, type LiveEvents, type LiveKind, parseVector, type Vector } from '@/lib/core/live-events';

/** `resume`: the stream is back after a cut; what it tells of may have changed meanwhile, and is asked for again. */
export type HeardEvents = LiveEvents & { resume: null };
export type HeardKind = keyof HeardEvents;

/** `cut`: nothing is heard, and screens ask by themselves. `ended`: this person may hear nothing more here. */
export type StreamState = 'opening' | 'live' | 'cut' | 'ended';

type Handlers = { [Kind in HeardKind]: Set<(event: HeardEvents[Kind]) => void> };
type Heard = { kind: LiveKind; data: string; id: string };
/** What the tabs of one browser say to one another: one of them holds the stream, and passes on what it hears. */
type Said = { heard: Heard } | { state: StreamState; id: string } | 'who';

const kinds = [
  'hello',
  'stock',
  'seen',
  'resync',
  'act',
  'note',
  'rights',
  'beat',
] as const satisfies LiveKind[];
/** A server that restarts is back within a second or two: until then nothing is said of it. */
const GRACE_MS = 2_000;
/** Two signs of life missed, and the network's own delays. */
const SILENCE_MS = 2 * BEAT_MS + 5_000;
const FIRST_RETRY_MS = 500;
const LAST_RETRY_MS = 10_000;

const handlers: Handlers = {
  hello: new Set(),
  stock: new Set(),
  seen: new Set(),
  resync: new Set(),
  act: new Set(),
  note: new Set(),
  rights: new Set(),
  beat: new Set(),
  resume: new Set(),
};
const watchers = new Set<() => void>();
let state: StreamState = 'opening';
let lastId = '';
let told: Vector = new Map();
let mayHaveMissed = false;

export const streamState = (): StreamState => state;

export function watchState(watcher: () => void): () => void {
  watchers.add(watcher);
  return () => watchers.delete(watcher);
}

/** Up to which version the stream has told of a promoter's stock, by its slug: whoever holds an older one is behind. */
export const toldVersion = (promoter: string): number => told.get(promoter) ?? 0;

/** Calls back at each event of a kind until the function it returns is called. */
export function hear<Kind extends HeardKind>(
  kind: Kind,
  handler: (event: HeardEvents[Kind]) => void,
): () => void {
  handlers[kind].add(handler);
  return () => handlers[kind].delete(handler);
}

function dispatch<Kind extends HeardKind>(kind: Kind, event: HeardEvents[Kind]): void {
  for (const handler of handlers[kind]) handler(event);
}

function setState(next: StreamState): void {
  if (next === state) return;
  state = next;
  for (const watcher of watchers) watcher();
}

function place(id: string): void {
  if (id === lastId) return;
  lastId = id;
  told = parseVector(id);
}

/**
 * Keeps this tab told of what changes for an account. Where the browser can share it, one tab of all holds the stream and the
 * others listen to that tab; the next takes over when it closes.
 * @returns a function that lets go
 */
export function connectLive(account: string): () => void {
  const over = new AbortController();
  const name = `parvis-live-${account}`;
  // Browsers have locks on secure addresses only: elsewhere each tab has a stream of its own.
  const locks = 'locks' in navigator ? navigator.locks : null;
  const tabs = locks && new BroadcastChannel(name);
  let silence: ReturnType<typeof setTimeout> | undefined;
  let grace: ReturnType<typeof setTimeout> | undefined;
  let leads = false;

  const share = (said: Said) => tabs?.postMessage(said);
  const become = (next: StreamState) => {
    setState(next);
    if (leads) share({ state, id: lastId });
  };
  /** Nothing comes any more: said when it stays so. */
  const lose = () => {
    clearTimeout(silence);
    mayHaveMissed = true;
    grace ??= setTimeout(() => become('cut'), GRACE_MS);
  };
  const alive = (onSilence: () => void) => {
    clearTimeout(silence);
    silence = setTimeout(onSilence, SILENCE_MS);
  };
  const goLive = () => {
    clearTimeout(grace);
    grace = undefined;
    become('live');
    if (mayHaveMissed) dispatch('resume', null);
    mayHaveMissed = false;
  };
  const take = ({ kind, data, id }: Heard) => {
    place(id);
    if (kind === 'stock') dispatch(kind, data);
    else dispatch(kind, JSON.parse(data));
  };

  const lead = () =>
    new Promise<void>((resolve) => {
      leads = true;
      let source: EventSource | undefined;
      let retry: ReturnType<typeof setTimeout> | undefined;
      let wait = FIRST_RETRY_MS;
      const stop = () => {
        source?.close();
        clearTimeout(retry);
        resolve();
      };
      over.signal.addEventListener('abort', stop, { once: true });
      const open = () => {
        source = new EventSource(`/api/events?last=${encodeURIComponent(lastId)}`);
        const lost = () => {
          // Opened anew by hand: a browser gives up by itself when a server answers « not now ».
          source?.close();
          lose();
          clearTimeout(retry);
          retry = setTimeout(open, wait * (0.5 + Math.random()));
          wait = Math.min(LAST_RETRY_MS, wait * 2);
        };
        source.onerror = lost;
        for (const kind of kinds)
          source.addEventListener(kind, ({ data, lastEventId: id }: MessageEvent<string>) => {
            alive(lost);
            const heard: Heard = { kind, data, id };
            if (kind === 'hello') {
              if (JSON.parse(data).account !== account) return end();
              wait = FIRST_RETRY_MS;
              place(id);
              goLive();
            }
            share({ heard });
            take(heard);
            if (kind === 'rights' && JSON.parse(data).ended) end();
          });
        const end = () => {
          become('ended');
          clearTimeout(silence);
          clearTimeout(grace);
          stop();
        };
      };
      lose();
      open();
    });

  const follow = (said: Said) => {
    if (leads) {
      if (said === 'who') share({ state, id: lastId });
      return;
    }
    if (said === 'who') return;
    alive(lose);
    if ('heard' in said) {
      // Another tab has opened the stream anew: what was told between the two is missed here too.
      if (said.heard.kind === 'hello') mayHaveMissed = true;
      take(said.heard);
      goLive();
      return;
    }
    place(said.id);
    if (said.state === 'live') goLive();
    else setState(said.state);
  };

  if (locks && tabs) {
    tabs.onmessage = ({ data }: MessageEvent<Said>) => follow(data);
    share('who');
    // Given when no other tab has it, or when that tab closes. Refused when this one lets go first.
    locks.request(name, { signal: over.signal }, lead).catch(() => {});
  } else void lead();

  return () => {
    over.abort();
    tabs?.close();
    clearTimeout(silence);
    clearTimeout(grace);
    setState('opening');
  };
}
