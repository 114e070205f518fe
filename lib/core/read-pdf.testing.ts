import { inflateSync } from 'node:zlib';

/** The words that a PDF of the portal's shows, in the order drawn, spaces left out: lines break where the width says. */
export function readPdf(pdf: Buffer): string {
  const objects = new Map<string, { head: string; stream: string }>();
  for (const [, id = '', body = ''] of pdf.toString('latin1').matchAll(/(\d+) 0 obj\n([\s\S]*?)\nendobj/g)) {
    const [head = '', raw] = body.split(/\nstream\n|>>stream\n/);
    const bytes =
      raw === undefined ? null : Buffer.from(raw.slice(0, raw.lastIndexOf('endstream')), 'latin1');
    const stream = bytes && (head.includes('FlateDecode') ? inflateSync(bytes) : bytes);
    objects.set(id, { head, stream: stream?.toString('latin1') ?? '' });
  }
  const named = (head: string, key: string) =>
    objects.get(head.match(new RegExp(`/${key} (\\d+) 0 R`))?.[1] ?? '');
  const pages = [...objects.values()].filter(({ head }) => /\/Type \/Page\b/.test(head));
  return pages.map((page) => readPage(page.head)).join('');

  function readPage(head: string): string {
    const resources = named(head, 'Resources')?.head ?? head;
    const fonts = new Map<string, Map<number, string>>();
    for (const [, name = '', id = ''] of resources.matchAll(/\/(F\d+) (\d+) 0 R/g)) {
      fonts.set(name, readCharacters(named(objects.get(id)?.head ?? '', 'ToUnicode')?.stream ?? ''));
    }
    let font = new Map<number, string>();
    let shown = '';
    const drawn = named(head, 'Contents')?.stream ?? '';
    for (const [, name, glyphs = ''] of drawn.matchAll(/\/(F\d+) [\d.]+ Tf|<([0-9a-fA-F]+)>/g)) {
      if (name) font = fonts.get(name) ?? new Map();
      for (const [glyph] of glyphs.matchAll(/.{4}/g)) shown += font.get(Number.parseInt(glyph, 16)) ?? '';
    }
    return shown.replace(/\s/gu, '');
  }
}

/** What each glyph of a font means, by its `bfrange`. */
function readCharacters(map: string): Map<number, string> {
  const characters = new Map<number, string>();
  for (const [, first = '', list = ''] of map.matchAll(/<([0-9a-f]+)> <[0-9a-f]+> \[([^\]]*)\]/g)) {
    let glyph = Number.parseInt(first, 16);
    for (const [, utf16 = ''] of list.matchAll(/<([0-9a-f ]*)>/g)) {
      const text = Buffer.from(utf16.replaceAll(' ', ''), 'hex').swap16().toString('utf16le');
      characters.set(glyph, text);
      glyph += 1;
    }
  }
  return characters;
}
