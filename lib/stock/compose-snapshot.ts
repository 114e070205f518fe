import { promisify } from 'node:util';
import { brotliCompress, constants, gzip } from 'node:zlib';
import type { ShelfRow } from './keep-shelf';
import { annexOf } from './read-shelf';
import type { Sight } from './reveal-stock';
import type { StockAnnex } from './schema';

export type Encoding = 'br' | 'gzip' | 'identity';

const brotli = promisify(brotliCompress);
const gzipped = promisify(gzip);

// Quality 4 takes a third of the time of 5 for a few per cent more bytes; it is paid once per version and scope.
const BROTLI_QUALITY = 4;
// Bodies of all promoters, scopes and encodings together.
const KEPT_BYTES = 64_000_000;

type Kept = { body: Promise<Buffer<ArrayBuffer>>; bytes: number };
const bodies = new Map<string, Kept>();
let keptBytes = 0;

/** The snapshot of all that may be seen, in this encoding; made once per version, scope and encoding. */
export function composeSnapshot(sight: Sight, encoding: Encoding): Promise<Buffer<ArrayBuffer>> {
  return keep(`${keyOf(sight)} ${encoding}`, () => compressed(snapshotText(sight), encoding));
}

/** What changed since a version; null when so much did, or so little is known of then, that the snapshot serves better. */
export function composeDelta(
  sight: Sight,
  since: number,
  encoding: Encoding,
): Promise<Buffer<ArrayBuffer>> | null {
  const text = deltaText(sight, since);
  return text === null
    ? null
    : keep(`${keyOf(sight)} since ${since} ${encoding}`, () => compressed(text, encoding));
}

/** Version and scope: what an ETag is made of. */
export const keyOf = ({ shelf, scope }: Sight): string => `${shelf.promoterId}.${shelf.version}.${scope}`;

/** A text in this encoding; a snapshot is worth a slower quality than a page. */
export function compressed(text: string, encoding: Encoding): Promise<Buffer<ArrayBuffer>> {
  const bytes = Buffer.from(text);
  if (encoding === 'gzip') return gzipped(bytes, { level: 6 });
  if (encoding === 'identity') return Promise.resolve(bytes);
  return brotli(bytes, {
    params: {
      [constants.BROTLI_PARAM_QUALITY]: BROTLI_QUALITY,
      [constants.BROTLI_PARAM_SIZE_HINT]: bytes.length,
    },
  });
}

/** The body under this key, made by the first who asks; those asked longest ago are let go. */
function keep(key: string, make: () => Promise<Buffer<ArrayBuffer>>): Promise<Buffer<ArrayBuffer>> {
  const known = bodies.get(key);
  if (known) {
    bodies.delete(key);
    bodies.set(key, known);
    return known.body;
  }
  const kept: Kept = { body: make(), bytes: 0 };
  bodies.set(key, kept);
  kept.body.then(
    (body) => {
      if (bodies.get(key) !== kept) return;
      kept.bytes = body.length;
      keptBytes += body.length;
      for (const [oldest, { bytes }] of bodies) {
        if (keptBytes <= KEPT_BYTES) break;
        bodies.delete(oldest);
        keptBytes -= bytes;
      }
    },
    () => bodies.delete(key),
  );
  return kept.body;
}

function snapshotText(sight: Sight): string {
  const lots: string[] = [];
  const annexes: string[] = [];
  for (const code of sight.codes)
    for (const row of sight.shelf.byProgramme.get(code)?.rows ?? [])
      if (row.live) add(sight, row, { lots, annexes });
  return text(sight, { kind: 'snapshot' }, { lots, annexes });
}

/** What changed since a version, as one line of JSON (`StockDelta`); null as for `composeDelta`. */
export function deltaText(sight: Sight, since: number): string | null {
  const { shelf, codes } = sight;
  // A version that this promoter never had, or a programme that has changed: what was visible then is not known here.
  if (since > shelf.version || shelf.programmes.some(({ version }) => version > since)) return null;
  const lots: string[] = [];
  const annexes: string[] = [];
  const withdrawn: string[] = [];
  let total = 0;
  for (const code of codes) {
    const programme = shelf.byProgramme.get(code);
    if (!programme) continue;
    total += programme.live;
    if (programme.maxVersion <= since) continue;
    for (const row of programme.rows) {
      if (row.version <= since) continue;
      if (row.live) add(sight, row, { lots, annexes });
      else withdrawn.push(row.extcode);
    }
  }
  if (lots.length + annexes.length > total / 2) return null;
  return text(sight, { kind: 'delta', since, withdrawn, total }, { lots, annexes });
}

type Rows = { lots: string[]; annexes: string[] };

function add(sight: Sight, row: ShelfRow, { lots, annexes }: Rows): void {
  const annex: StockAnnex | null = annexOf(sight.shelf, row, sight.codes);
  if (annex) annexes.push(JSON.stringify(annex));
  else lots.push(row.wire);
}

function text({ shelf, scope }: Sight, head: object, { lots, annexes }: Rows): string {
  const { header, version, extras } = shelf;
  const common = JSON.stringify({ ...head, promoter: header.slug, version, scope, extras });
  return `${common.slice(0, -1)},"lots":[${lots.join(',')}],"annexes":[${annexes.join(',')}]}`;
}
