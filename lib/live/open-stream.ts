import { signedIn } from '@/lib/auth/actor';
import { readCookie, sessionCookie } from '@/lib/auth/cookies';
import { parseVector } from '@/lib/core/live-events';
import { liveHub } from './hub';
import { rightsOf } from './rights';
import type { Sink, Viewer } from './viewer';

/** What a stream may leave unread: some ten thousand small changes. Past that it is cut, and its browser resumes where it stood. */
const MOST_UNREAD_BYTES = 1_000_000;
/** A browser has one stream; a person has several browsers, and some of theirs may have died without a word. */
export const MOST_PER_ACCOUNT = 12;

// One count for the whole process, as for the hub.
const slot = globalThis as typeof globalThis & { parvisStreams?: Map<string, number> };
slot.parvisStreams ??= new Map();
const open = slot.parvisStreams;

/**
 * `GET /api/events`: what changes, as it changes, for the partner or staff member who asks. A browser that comes back names
 * the last event it had (`Last-Event-ID`, or `?last=` where it opens a new connection itself).
 */
export async function openStream(request: Request): Promise<Response> {
  const hub = await liveHub();
  if (!hub.hears) return refusal(503, 'not-listening');
  const cookie = readCookie(request, sessionCookie());
  const person = await signedIn(cookie);
  if (!person || !cookie) return refusal(401, 'signed-out');
  const rights = rightsOf(person.account);
  if (!rights) return refusal(403, 'forbidden');
  const account = person.account.id;
  if ((open.get(account) ?? 0) >= MOST_PER_ACCOUNT) return refusal(429, 'too-many-streams');
  const freePlace = takePlace(account);
  // The connection may outlive the stream, when its other end reads nothing: the place is free when it closes.
  request.signal.addEventListener('abort', freePlace, { once: true });

  const since = parseVector(
    request.headers.get('last-event-id') ?? new URL(request.url).searchParams.get('last'),
  );
  let viewer: Viewer | null = null;
  const stream: OpenSink = { over: false, leave: () => viewer && hub.leave(viewer), freePlace };
  const body = new ReadableStream<Buffer>(
    {
      async start(controller) {
        const expiresAt = person.session.exp * 1_000;
        const sink = sinkOf(controller, stream);
        viewer = await hub.join({ account, cookie, expiresAt, sink }, rights, since);
        if (stream.over || request.signal.aborted) hub.leave(viewer);
      },
      cancel() {
        stream.over = true;
        stream.leave();
        freePlace();
      },
    },
    { highWaterMark: 0, size: (chunk) => chunk?.byteLength ?? 0 },
  );
  return new Response(body, {
    headers: {
      'content-type': 'text/event-stream; charset=utf-8',
      // Neither kept nor compressed, by us or by a proxy: each event leaves when it is written.
      'cache-control': 'no-store, no-transform',
      'x-accel-buffering': 'no',
      // The connection serves nothing else, and the process may end when its streams have.
      connection: 'close',
    },
  });
}

type OpenSink = { over: boolean; leave(): void; freePlace(): void };

function sinkOf(controller: ReadableStreamDefaultController<Buffer>, stream: OpenSink): Sink {
  return {
    write(written) {
      if (stream.over) return;
      controller.enqueue(written);
      if (-(controller.desiredSize ?? 0) <= MOST_UNREAD_BYTES) return;
      stream.over = true;
      stream.leave();
      // Next takes this for a visitor who left, and closes the connection.
      controller.error(new DOMException('The stream is not read', 'AbortError'));
    },
    end() {
      if (stream.over) return;
      stream.over = true;
      controller.close();
      stream.freePlace();
    },
  };
}

/** Counts one stream more of the account; the function that it returns gives the place back, once. */
function takePlace(account: string): () => void {
  open.set(account, (open.get(account) ?? 0) + 1);
  let taken = true;
  return () => {
    if (!taken) return;
    taken = false;
    const left = (open.get(account) ?? 1) - 1;
    if (left > 0) open.set(account, left);
    else open.delete(account);
  };
}

function refusal(status: 401 | 403 | 429 | 503, error: string): Response {
  const headers = { 'cache-control': 'no-store', ...(status > 403 && { 'retry-after': '10' }) };
  return Response.json({ error }, { status, headers });
}
