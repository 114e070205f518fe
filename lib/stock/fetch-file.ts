import { hash } from 'node:crypto';
import { faultFacts, log } from '@/lib/core/log';
import type { TenantScope } from '@/lib/core/scope';
import type { MappedFile } from './map-fields';
import type { StockHeader } from './queries';
import { readLot } from './read-lot';
import type { Sight } from './reveal-stock';

/** What the promoter's files may be. Anything else, HTML first of all, is not passed on. */
const TYPES = new Set(['application/pdf', 'image/svg+xml', 'image/png', 'image/jpeg', 'image/webp']);
const MOST_BYTES = 25_000_000;
// A brochure of that size on a slow line; a picture takes a tenth of it.
const PATIENCE_MS = 20_000;
// Façades and plans are asked by every visitor: small ones are kept, until they may have been replaced.
const KEPT_FILE_BYTES = 500_000;
const KEPT_BYTES = 32_000_000;
const KEPT_MS = 600_000;

// A drawing may hold scripts: it may draw, and nothing else. Browsers show no PDF inside a sandbox.
const PAGELESS = "default-src 'none'; base-uri 'none'; form-action 'none'; frame-ancestors 'none'";
const DRAWING = `sandbox; ${PAGELESS}; style-src 'unsafe-inline'; img-src data:`;

type Fetched = { type: string; bytes: Buffer<ArrayBuffer>; etag: string; at: number };
const kept = new Map<string, Fetched>();
let keptBytes = 0;

/** The file under this field of a visible programme or lot; null when there is none. */
export async function findFile(
  scope: TenantScope,
  sight: Sight,
  { kind, code, key }: { kind: string | undefined; code: string; key: string },
): Promise<MappedFile | null> {
  const { shelf, codes } = sight;
  let files: MappedFile[] = [];
  if (kind === 'programme' && codes.has(code)) {
    const row = shelf.programmes.find((programme) => programme.code === code);
    files = row ? shelf.shaper.readProgramme(row.fields).files : [];
  } else if (kind === 'lot') {
    files = (await readLot(scope, sight, code))?.files ?? [];
  }
  return files.find((file) => file.key === key) ?? null;
}

/**
 * Passes a promoter's file on. Only from Koban's own origin and the hosts that the promoter's settings name, without a redirect,
 * within size and time, without Koban's keys; what could run as a page is made inert.
 */
export async function fetchFile(request: Request, { shelf }: Sight, file: MappedFile): Promise<Response> {
  const address = allowedAddress(file.address, shelf.header);
  if (!address) return refuseFile(404, 'file-not-allowed');
  const fetched = recall(address) ?? (await download(address));
  if (typeof fetched === 'string') return refuseFile(502, fetched);
  const headers = {
    'cache-control': 'private, max-age=300',
    etag: fetched.etag,
    'content-type': fetched.type,
    'content-disposition': `inline; filename*=UTF-8''${encodeURIComponent(fileName(file, fetched.type))}`,
    'x-content-type-options': 'nosniff',
    'content-security-policy': fetched.type === 'application/pdf' ? PAGELESS : DRAWING,
  };
  if (request.headers.get('if-none-match') === fetched.etag)
    return new Response(null, { status: 304, headers });
  return new Response(fetched.bytes, { headers });
}

/** Says why there is no file. */
export const refuseFile = (status: 401 | 404 | 502, error: string) =>
  Response.json(
    { error },
    { status, headers: { 'cache-control': 'no-store', 'content-security-policy': PAGELESS } },
  );

/** The address to fetch from, when its origin is Koban's or one that the settings name (`host`, over https, or a whole origin). */
export function allowedAddress(
  address: string,
  {
    kobanUrl,
    settings,
  }: Pick<StockHeader, 'kobanUrl'> & { settings: Pick<StockHeader['settings'], 'documentHosts'> },
): string | null {
  const url = URL.parse(address, kobanUrl);
  if (!url || url.username || url.password) return null;
  const named = settings.documentHosts.some(
    (host) => url.origin === host || (url.protocol === 'https:' && url.host === host.toLowerCase()),
  );
  return named || url.origin === new URL(kobanUrl).origin ? url.href : null;
}

function recall(address: string): Fetched | null {
  const known = kept.get(address);
  if (!known || performance.now() - known.at > KEPT_MS) return null;
  kept.delete(address);
  kept.set(address, known);
  return known;
}

async function download(address: string): Promise<Fetched | 'file-unreachable' | 'file-refused'> {
  try {
    const response = await fetch(address, {
      redirect: 'manual',
      cache: 'no-store',
      signal: AbortSignal.timeout(PATIENCE_MS),
    });
    const type = response.headers.get('content-type')?.split(';')[0]?.trim().toLowerCase() ?? '';
    if (response.status !== 200 || !TYPES.has(type)) {
      await response.body?.cancel();
      return 'file-refused';
    }
    const chunks: Uint8Array[] = [];
    let size = 0;
    for await (const chunk of response.body ?? []) {
      size += chunk.byteLength;
      // Leaving the loop closes the connection.
      if (size > MOST_BYTES) return 'file-refused';
      chunks.push(chunk);
    }
    const bytes = Buffer.concat(chunks, size);
    const etag = `"${hash('sha256', bytes, 'base64url').slice(0, 22)}"`;
    return keep(address, { type, bytes, etag, at: performance.now() });
  } catch (fault) {
    log().warn(faultFacts(fault), "a promoter's file could not be fetched");
    return 'file-unreachable';
  }
}

function keep(address: string, file: Fetched): Fetched {
  if (file.bytes.length > KEPT_FILE_BYTES) return file;
  keptBytes += file.bytes.length - (kept.get(address)?.bytes.length ?? 0);
  kept.delete(address);
  kept.set(address, file);
  for (const [oldest, { bytes }] of kept) {
    if (keptBytes <= KEPT_BYTES) break;
    kept.delete(oldest);
    keptBytes -= bytes.length;
  }
  return file;
}

const EXTENSIONS: Record<string, string> = {
  'application/pdf': 'pdf',
  'image/svg+xml': 'svg',
  'image/png': 'png',
  'image/jpeg': 'jpg',
  'image/webp': 'webp',
};

function fileName({ label }: MappedFile, type: string): string {
  return `${label.replace(/[^\p{L}\p{N} ._-]+/gu, ' ').trim() || 'document'}.${EXTENSIONS[type]}`;
}
