import type { IncomingMessage, ServerResponse } from 'node:http';
import { signedIn } from '@/lib/auth/actor';
import { cookieIn, sessionCookie } from '@/lib/auth/cookies';
import { parseVector, type Vector } from '@/lib/core/live-events';
import { faultFacts, log } from '@/lib/core/log';
import { dataOnly, everywhere } from '@/lib/core/response-headers';
import { liveHub } from './hub';
import { rightsOf } from './rights';
import type { Sink } from './viewer';

/** What a stream may leave unread: some ten thousand small changes. Past that it is cut, and its browser resumes where it stood. */
const MOST_UNREAD_BYTES = 1_000_000;
/** A browser has one stream; a person has several browsers, and some of theirs may have died without a word. */
export const MOST_PER_ACCOUNT = 12;

const open = new Map<string, number>();

/**
 * `GET /api/events`: what changes, as it changes, for the partner or staff member who asks. A browser that comes back names
 * the last event it had (`Last-Event-ID`, or `?last=` where it opens a new connection itself). Never rejects.
 */
export async function openStream(request: IncomingMessage, response: ServerResponse): Promise<void> {
  try {
    const hub = await liveHub();
    if (!hub.hears) return refuse(response, 503, 'not-listening');
    const cookie = cookieIn(request.headers.cookie, sessionCookie());
    const person = await signedIn(cookie);
    if (!person || !cookie) return refuse(response, 401, 'signed-out');
    const rights = rightsOf(person.account);
    if (!rights) return refuse(response, 403, 'forbidden');
    const account = person.account.id;
    if ((open.get(account) ?? 0) >= MOST_PER_ACCOUNT) return refuse(response, 429, 'too-many-streams');
    // Who has left meanwhile takes no place, and would never give it back.
    if (response.destroyed) return;
    takePlace(account, response);

    response.writeHead(200, streamHeaders);
    const expiresAt = person.session.exp * 1_000;
    const viewer = { account, cookie, expiresAt, sink: sinkOf(response) };
    const joined = await hub.join(viewer, rights, resumedFrom(request));
    if (response.destroyed) hub.leave(joined);
    else response.once('close', () => hub.leave(joined));
  } catch (fault) {
    log().error({ job: 'live', ...faultFacts(fault) }, 'a stream could not be opened');
    if (response.headersSent) response.destroy();
    else refuse(response, 500, 'fault');
  }
}

/** Counts one stream more of the account, until its connection closes. */
function takePlace(account: string, response: ServerResponse): void {
  open.set(account, (open.get(account) ?? 0) + 1);
  response.once('close', () => {
    const left = (open.get(account) ?? 1) - 1;
    if (left > 0) open.set(account, left);
    else open.delete(account);
  });
}

function resumedFrom({ headers, url = '' }: IncomingMessage): Vector {
  const last = headers['last-event-id'];
  return parseVector(
    typeof last === 'string' ? last : new URL(url, 'http://localhost').searchParams.get('last'),
  );
}

function sinkOf(response: ServerResponse): Sink {
  // The frame that is on its way when the reader falls behind is not counted: it may be larger than all that follow.
  let underWay = 0;
  return {
    write(frame) {
      if (response.destroyed || response.writableEnded) return;
      const unread = response.writableLength;
      if (unread === 0) underWay = frame.length;
      if (unread > underWay + MOST_UNREAD_BYTES) response.destroy();
      else response.write(frame);
    },
    end() {
      response.end();
    },
  };
}

// Next is not asked, and adds nothing to this answer.
const portalHeaders = Object.fromEntries([...everywhere, ...dataOnly].map(({ key, value }) => [key, value]));

const streamHeaders = {
  ...portalHeaders,
  'Content-Type': 'text/event-stream; charset=utf-8',
  // Neither kept nor compressed by a proxy: each event leaves when it is written.
  'Cache-Control': 'no-store, no-transform',
  'X-Accel-Buffering': 'no',
  // The connection serves nothing else, and the process may end when its streams have.
  Connection: 'close',
};

function refuse(response: ServerResponse, status: 401 | 403 | 429 | 500 | 503, error: string): void {
  response.writeHead(status, {
    ...portalHeaders,
    'Content-Type': 'application/json',
    'Cache-Control': 'no-store',
    ...(status > 403 && { 'Retry-After': '10' }),
  });
  response.end(JSON.stringify({ error }));
}
