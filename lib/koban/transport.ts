import { AsyncLocalStorage } from 'node:async_hooks';
import { subscribe } from 'node:diagnostics_channel';
import { z } from 'zod';
import type { UnknownReason, UnreachableReason } from './outcome';

/** One HTTP request: a whole address, headers, and a body for POST. */
export type HttpRequest = {
  url: string;
  method: 'GET' | 'POST';
  headers: Record<string, string>;
  body?: string;
};

/** How long and how much one exchange may take. Milliseconds and bytes. */
export type ExchangeLimits = { connectMs: number; totalMs: number; maxBodyBytes: number };

/** What was seen of one exchange. Only `answer` was received whole; only `not-sent` certainly had no effect. */
export type Exchange =
  | { kind: 'answer'; status: number; body: string; date: string | null }
  | { kind: 'not-sent'; reason: UnreachableReason }
  | { kind: 'lost'; reason: UnknownReason; status: number | null };

type Progress = { created: boolean; sent: boolean };

// Node's own fetch tells, on these channels, when it hands a request's first byte to a socket. Without them a deadline
// that falls during the connection could not be told from one that falls after the request was received.
const current = new AsyncLocalStorage<Progress>();
const inProgress = new WeakMap<object, Progress>();
const requestMessage = z.object({
  request: z.custom<object>((value) => typeof value === 'object' && value !== null),
});

subscribe('undici:request:create', (message) => {
  const progress = current.getStore();
  const parsed = requestMessage.safeParse(message);
  if (!progress || !parsed.success) return;
  progress.created = true;
  inProgress.set(parsed.data.request, progress);
});
subscribe('undici:client:sendHeaders', (message) => {
  const parsed = requestMessage.safeParse(message);
  const progress = parsed.success ? inProgress.get(parsed.data.request) : undefined;
  if (progress) progress.sent = true;
});

/**
 * Sends one request and reads its whole answer within `totalMs`. Never throws, never follows a redirect (a 307 would
 * repeat a write elsewhere), never reads more than `maxBodyBytes`.
 */
export async function exchange(
  fetch: typeof globalThis.fetch,
  request: HttpRequest,
  limits: ExchangeLimits,
): Promise<Exchange> {
  const progress: Progress = { created: false, sent: false };
  const abort = new AbortController();
  const connecting = setTimeout(() => {
    if (progress.created && !progress.sent) abort.abort();
  }, limits.connectMs);
  const waiting = setTimeout(() => abort.abort(), limits.totalMs);
  // Raced, not only signalled: a fetch that does not heed its signal must not hold a place for ever.
  const expiry = new Promise<never>((_, reject) => {
    abort.signal.addEventListener('abort', () => reject(abort.signal.reason), { once: true });
  });
  const seen: { status: number | null } = { status: null };
  try {
    return await Promise.race([
      current.run(progress, () => receive(fetch, request, { limits, seen, signal: abort.signal })),
      expiry,
    ]);
  } catch (error) {
    return failure(error, { progress, status: seen.status, expired: abort.signal.aborted });
  } finally {
    clearTimeout(connecting);
    clearTimeout(waiting);
  }
}

async function receive(
  fetch: typeof globalThis.fetch,
  request: HttpRequest,
  { limits, seen, signal }: { limits: ExchangeLimits; seen: { status: number | null }; signal: AbortSignal },
): Promise<Exchange> {
  const { url, method, headers, body: sent } = request;
  const response = await fetch(url, {
    method,
    headers,
    body: sent,
    redirect: 'manual',
    cache: 'no-store',
    signal,
  });
  const { status } = response;
  seen.status = status;
  if (response.type === 'opaqueredirect' || (status >= 300 && status < 400)) {
    await response.body?.cancel();
    return { kind: 'lost', reason: 'redirected', status };
  }
  const body = await readBody(response, limits.maxBodyBytes);
  if (body === null) return { kind: 'lost', reason: 'too-large', status };
  return { kind: 'answer', status, body, date: response.headers.get('date') };
}

/** The body as text, or null when it is larger than allowed. */
async function readBody(response: Response, maxBytes: number): Promise<string | null> {
  if (!response.body) return '';
  const chunks: Uint8Array[] = [];
  let size = 0;
  for await (const chunk of response.body) {
    size += chunk.byteLength;
    // Leaving the loop cancels the stream, which closes the connection.
    if (size > maxBytes) return null;
    chunks.push(chunk);
  }
  return new TextDecoder().decode(Buffer.concat(chunks, size));
}

function failure(
  error: unknown,
  seen: { progress: Progress; status: number | null; expired: boolean },
): Exchange {
  const { progress, status, expired } = seen;
  const reason = connectionFault(error);
  const certainlyNotSent = progress.created ? !progress.sent : reason !== null && !expired;
  if (status === null && certainlyNotSent) {
    return { kind: 'not-sent', reason: expired ? 'connect-timeout' : (reason ?? 'not-connected') };
  }
  if (expired) return { kind: 'lost', reason: 'timeout', status };
  return { kind: 'lost', reason: status === null ? 'connection-lost' : 'cut', status };
}

const cause = z.object({ code: z.string().optional(), syscall: z.string().optional() });
const TLS = /^(?:ERR_SSL_|ERR_TLS_|CERT_|UNABLE_TO_|DEPTH_ZERO_|SELF_SIGNED_|HOSTNAME_MISMATCH|EPROTO$)/;

/** The fault of a connection that never stood, by Node's error code; null when the code does not prove that. */
function connectionFault(error: unknown): UnreachableReason | null {
  const parsed = cause.safeParse(error instanceof Error ? error.cause : undefined);
  const { code = '', syscall } = parsed.data ?? {};
  if (code === 'ENOTFOUND' || code === 'EAI_AGAIN') return 'dns';
  if (code === 'ECONNREFUSED') return 'refused';
  if (code === 'UND_ERR_CONNECT_TIMEOUT') return 'connect-timeout';
  if (TLS.test(code)) return 'tls';
  return syscall === 'connect' ? 'not-connected' : null;
}
