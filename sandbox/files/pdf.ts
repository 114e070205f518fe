const A4 = { width: 595, height: 842 };

/** Characters of WinAnsi that Latin-1 lacks. */
const winAnsi: Record<string, number> = {
  '€': 0x80,
  '…': 0x85,
  '’': 0x92,
  '‘': 0x91,
  '“': 0x93,
  '”': 0x94,
  '•': 0x95,
  '–': 0x96,
  '—': 0x97,
  œ: 0x9c,
  Œ: 0x8c,
  '\u202f': 0xa0,
};

function encoded(text: string): string {
  return [...text]
    .map((letter) => {
      const code = winAnsi[letter] ?? letter.codePointAt(0) ?? 63;
      const byte = code > 255 ? 63 : code;
      return byte < 128 ? letter.replace(/[\\()]/, '\\$&') : `\\${byte.toString(8).padStart(3, '0')}`;
    })
    .join('');
}

function colour(hex: string): string {
  return [1, 3, 5].map((at) => (Number.parseInt(hex.slice(at, at + 2), 16) / 255).toFixed(3)).join(' ');
}

type Font = 'regular' | 'bold';

/** One page, drawn from its top left corner in points. */
export class PdfPage {
  readonly operations: string[] = [];

  rect(x: number, y: number, width: number, height: number, fill: string): this {
    this.operations.push(`${colour(fill)} rg ${x} ${A4.height - y - height} ${width} ${height} re f`);
    return this;
  }

  line(x: number, y: number, width: number, stroke = '#d3cdc2'): this {
    return this.rect(x, y, width, 0.6, stroke);
  }

  circle(x: number, y: number, radius: number, fill: string): this {
    const k = radius * 0.5523;
    const v = A4.height - y;
    const curve = (...points: number[]): string => `${points.map((point) => point.toFixed(2)).join(' ')} c`;
    this.operations.push(
      `${colour(fill)} rg ${x - radius} ${v} m ${curve(x - radius, v + k, x - k, v + radius, x, v + radius)} ${curve(x + k, v + radius, x + radius, v + k, x + radius, v)} ${curve(x + radius, v - k, x + k, v - radius, x, v - radius)} ${curve(x - k, v - radius, x - radius, v - k, x - radius, v)} f`,
    );
    return this;
  }

  text(x: number, y: number, text: string, size = 10, font: Font = 'regular', fill = '#1b2430'): this {
    this.operations.push(
      `BT ${colour(fill)} rg /${font === 'bold' ? 'F2' : 'F1'} ${size} Tf ${x} ${A4.height - y} Td (${encoded(text)}) Tj ET`,
    );
    return this;
  }

  /** Wraps by a mean letter width: good enough for prose. Returns the next free y. */
  paragraph(x: number, y: number, width: number, text: string, size = 10.5): number {
    const most = Math.floor(width / (size * 0.5));
    let line = '';
    let at = y;
    for (const word of text.split(' ')) {
      if (`${line} ${word}`.length > most) {
        this.text(x, at, line, size);
        at += size * 1.5;
        line = word;
      } else line = line === '' ? word : `${line} ${word}`;
    }
    this.text(x, at, line, size);
    return at + size * 1.5;
  }
}

/** A PDF 1.4 file of these pages, written by hand: two standard fonts, no compression, a correct cross-reference table. */
export function pdfFile(title: string, pages: PdfPage[]): Uint8Array<ArrayBuffer> {
  const first = 6;
  const objects = [
    '<< /Type /Catalog /Pages 2 0 R /Lang (fr-FR) >>',
    `<< /Type /Pages /Kids [${pages.map((_, index) => `${first + index * 2} 0 R`).join(' ')}] /Count ${pages.length} >>`,
    '<< /Type /Font /Subtype /Type1 /BaseFont /Helvetica /Encoding /WinAnsiEncoding >>',
    '<< /Type /Font /Subtype /Type1 /BaseFont /Helvetica-Bold /Encoding /WinAnsiEncoding >>',
    `<< /Title (${encoded(title)}) /Producer (Bac a sable Koban) >>`,
  ];
  pages.forEach((page, index) => {
    const content = page.operations.join('\n');
    objects.push(
      `<< /Type /Page /Parent 2 0 R /MediaBox [0 0 ${A4.width} ${A4.height}] /Resources << /Font << /F1 3 0 R /F2 4 0 R >> >> /Contents ${first + index * 2 + 1} 0 R >>`,
      `<< /Length ${content.length} >>\nstream\n${content}\nendstream`,
    );
  });
  let file = '%PDF-1.4\n';
  const offsets = objects.map((object, index) => {
    const offset = file.length;
    file += `${index + 1} 0 obj\n${object}\nendobj\n`;
    return offset;
  });
  const table = file.length;
  file += `xref\n0 ${objects.length + 1}\n0000000000 65535 f \n${offsets.map((offset) => `${String(offset).padStart(10, '0')} 00000 n \n`).join('')}`;
  file += `trailer\n<< /Size ${objects.length + 1} /Root 1 0 R /Info 5 0 R >>\nstartxref\n${table}\n%%EOF\n`;
  return new TextEncoder().encode(file);
}
