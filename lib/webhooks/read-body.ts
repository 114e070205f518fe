import type { Refusal } from './answers';

/** The fields of a call, or why it is refused. */
export type Body = { fields: Record<string, string> } | { refusal: Refusal };

/** Ten times the longest call that Koban documents. */
const MOST_BYTES = 64_000;
const MOST_FIELDS = 500;

/**
 * Reads the body of a call: form-encoded, UTF-8, each name once, at most 64 kB. Anything else is refused whole, since a field
 * that two readers may read differently is no field to act on.
 */
export async function readBody(request: Request): Promise<Body> {
  const [type = '', ...parameters] = (request.headers.get('content-type') ?? '').toLowerCase().split(';');
  if (type.trim() !== 'application/x-www-form-urlencoded') return { refusal: 'wrong-content-type' };
  const charset = parameters.map((each) => each.trim()).find((each) => each.startsWith('charset='));
  if (charset && !/^charset="?utf-?8"?$/.test(charset)) return { refusal: 'wrong-charset' };
  if (Number(request.headers.get('content-length') ?? 0) > MOST_BYTES) return { refusal: 'too-large' };
  const bytes = await readAtMost(request);
  return bytes === null ? { refusal: 'too-large' } : readForm(bytes.toString('latin1'));
}

/** The parameters of an address, each name once; null when one comes twice or cannot be read. */
export function readQuery(url: string): Record<string, string> | null {
  const body = readForm(new URL(url).search.slice(1));
  return 'fields' in body ? body.fields : null;
}

async function readAtMost(request: Request): Promise<Buffer | null> {
  const parts: Uint8Array[] = [];
  let size = 0;
  for await (const part of request.body ?? []) {
    size += part.byteLength;
    if (size > MOST_BYTES) return null;
    parts.push(part);
  }
  return Buffer.concat(parts);
}

function readForm(text: string): Body {
  const fields = new Map<string, string>();
  for (const pair of text.split('&')) {
    if (pair === '') continue;
    const cut = pair.indexOf('=');
    const name = decode(cut < 0 ? pair : pair.slice(0, cut));
    const value = decode(cut < 0 ? '' : pair.slice(cut + 1));
    if (name === null || value === null) return { refusal: 'wrong-charset' };
    if (fields.has(name)) return { refusal: 'repeated-field' };
    if (fields.size === MOST_FIELDS) return { refusal: 'unreadable' };
    fields.set(name, value);
  }
  return { fields: Object.fromEntries(fields) };
}

const strict = new TextDecoder('utf-8', { fatal: true });

/** The text of a name or value whose every byte, plain or escaped, is UTF-8; null otherwise. NUL is no text. */
function decode(raw: string): string | null {
  const plain = raw.replaceAll('+', ' ');
  if (/%(?![0-9a-fA-F]{2})/.test(plain)) return null;
  const bytes = plain.replace(/%([0-9a-fA-F]{2})/g, (_, hex: string) =>
    String.fromCharCode(Number.parseInt(hex, 16)),
  );
  try {
    const text = strict.decode(Buffer.from(bytes, 'latin1'));
    return text.includes('\u0000') ? null : text;
  } catch {
    return null;
  }
}
