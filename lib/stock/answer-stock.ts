import { composeDelta, composeSnapshot, type Encoding, keyOf } from './compose-snapshot';
import type { Sight } from './reveal-stock';
import { ATTEMPT_AT_HEADER, SEEN_AT_HEADER } from './schema';

/**
 * The stock in HTTP's words: all of it, or what changed since a version; 304 when the caller's copy is this very one.
 * A delta that cannot be given is answered by the snapshot, which its `kind` tells apart.
 */
export async function answerStock(request: Request, sight: Sight): Promise<Response> {
  const since = new URL(request.url).searchParams.get('since');
  const version = since !== null && /^\d{1,15}$/.test(since) ? Number(since) : null;
  const etag = `W/"${keyOf(sight)}${version === null ? '' : `.${version}`}"`;
  const { seenAt, attemptAt } = sight.shelf.header;
  const headers = new Headers({
    'cache-control': 'private, no-cache',
    etag,
    vary: 'Accept-Encoding, Cookie',
  });
  if (seenAt) headers.set(SEEN_AT_HEADER, seenAt.toISOString());
  if (attemptAt) headers.set(ATTEMPT_AT_HEADER, attemptAt.toISOString());
  if (heldBy(request, etag)) return new Response(null, { status: 304, headers });
  const encoding = encodingFor(request.headers.get('accept-encoding') ?? '');
  const delta = version === null ? null : composeDelta(sight, version, encoding);
  const body = await (delta ?? composeSnapshot(sight, encoding));
  headers.set('content-type', 'application/json; charset=utf-8');
  headers.set('content-length', String(body.length));
  if (encoding !== 'identity') headers.set('content-encoding', encoding);
  return new Response(body, { headers });
}

function heldBy(request: Request, etag: string): boolean {
  const held = request.headers.get('if-none-match');
  return held?.split(',').some((each) => each.trim() === etag) ?? false;
}

/** The best encoding that the caller takes; one refused by `q=0` is not taken. */
function encodingFor(accepted: string): Encoding {
  const taken = accepted.split(',').filter((each) => !/;\s*q=0(?:\.0*)?\s*$/.test(each));
  const names = new Set(taken.map((each) => each.split(';')[0]?.trim().toLowerCase()));
  if (names.has('br')) return 'br';
  return names.has('gzip') ? 'gzip' : 'identity';
}
