import { composeDelta, composeSnapshot, compressed, type Encoding, keyOf } from './compose-snapshot';
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
  const encoding = encodingFor(request);
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

/**
 * The encoding of whatever this caller is answered. Next drops the Content-Encoding that a route handler sets, so
 * next.config.mjs sets it, by this very reading of Accept-Encoding.
 */
export function encodingFor(request: Request): Encoding {
  const accepted = request.headers.get('accept-encoding') ?? '';
  if (takes(accepted, 'br')) return 'br';
  return takes(accepted, 'gzip') ? 'gzip' : 'identity';
}

const takes = (accepted: string, name: Encoding): boolean =>
  new RegExp(`^(?!.*\\b${name}\\s*;\\s*q=0(?:\\.0*)?\\s*(?:,|$)).*\\b${name}\\b.*$`).test(accepted);

/** A refusal to one who asks for the stock, encoded as the stock would be. */
export async function refuseStock(
  request: Request,
  status: 401 | 403 | 404,
  error: string,
): Promise<Response> {
  const encoding = encodingFor(request);
  const headers = new Headers({
    'cache-control': 'no-store',
    'content-type': 'application/json; charset=utf-8',
  });
  if (encoding !== 'identity') headers.set('content-encoding', encoding);
  return new Response(await compressed(JSON.stringify({ error }), encoding), { status, headers });
}
