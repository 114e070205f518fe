import { seededRandom } from '../core/ids';
import type { FacadeStyle, ProgrammeSheet } from '../core/sheets';
import { foreground, GROUND, HEIGHT, path, rect, sky, trees, WIDTH } from './scenery';

const WIDEST = 1010;
const HIGHEST = 436;

type Block = {
  x: number;
  width: number;
  bays: number;
  levels: number;
  wall: string;
  style: FacadeStyle;
  bay: number;
  storey: number;
  random: () => number;
};

/** Draws a programme's front from what is known of it: its storeys, stairs, roof, balconies and surroundings. */
export function facadeSvg(code: string, label: string, sheet: ProgrammeSheet): string {
  const { style } = sheet;
  const random = seededRandom(`${code} façade`);
  const blocks = layout(sheet, random);
  const body = blocks.map(block).join('');
  return `<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 ${WIDTH} ${HEIGHT}" width="${WIDTH}" height="${HEIGHT}" role="img" aria-label="Façade de ${escapeXml(label)}, ${escapeXml(sheet.city)} (dessin)"><title>${escapeXml(label)}</title>${sky(style, random)}${foreground(style, random)}${body}${trees(style, random)}</svg>`;
}

export function escapeXml(text: string): string {
  return text
    .replaceAll('&', '&amp;')
    .replaceAll('<', '&lt;')
    .replaceAll('>', '&gt;')
    .replaceAll('"', '&quot;');
}

function layout(sheet: ProgrammeSheet, random: () => number): Block[] {
  const { stairs, style } = sheet;
  const bays = stairs > 2 ? 4 : Math.max(5, sheet.perFloor * 2);
  const gap = stairs > 1 ? (stairs > 2 ? 6 : 90) : 0;
  const bay = Math.min(100, (WIDEST - gap * (stairs - 1)) / (bays * stairs));
  const levels = sheet.floors + 1;
  const storey = Math.min(74, HIGHEST / (levels + (style.roof === 'flat' ? 0.4 : 0.9)));
  const total = bay * bays * stairs + gap * (stairs - 1);
  return Array.from({ length: stairs }, (_, index) => ({
    ...{
      x: (WIDTH - total) / 2 + index * (bay * bays + gap),
      width: bay * bays,
      bays,
      bay,
      storey,
      style,
      random,
    },
    levels: stairs > 2 && index % 2 === 1 ? levels - 1 : levels,
    wall: stairs > 2 && index % 2 === 1 ? style.wallAlt : style.wall,
  }));
}

function block(b: Block): string {
  const inRoof = b.style.roof === 'mansard' || b.style.roof === 'attic';
  const full = inRoof ? b.levels - 1 : b.levels;
  const top = GROUND - full * b.storey;
  const parts = [
    rect(b.x - 10, GROUND - 3, b.width + 20, 9, '#1b2430', 'opacity=".16" rx="4"'),
    rect(b.x, top, b.width, GROUND - top, b.wall),
    ...accents(b, top),
    rect(b.x, GROUND - b.storey, b.width, b.storey, b.style.base),
  ];
  for (let level = 0; level < full; level++) parts.push(storeyOf(b, level));
  parts.push(rect(b.x, top, b.width, GROUND - top, 'url(#side)'), roof(b, top));
  return parts.join('');
}

/** Bands of the second material, behind some bays. */
function accents(b: Block, top: number): string[] {
  const bands: string[] = [];
  const step = b.bays > 8 ? 4 : 3;
  for (let bay = 1; bay < b.bays; bay += step)
    bands.push(
      rect(
        b.x + bay * b.bay,
        top,
        b.bay,
        GROUND - top,
        b.wall === b.style.wall ? b.style.wallAlt : b.style.wall,
      ),
    );
  return bands;
}

function storeyOf(b: Block, level: number): string {
  const y = GROUND - (level + 1) * b.storey;
  const parts = [rect(b.x, y + b.storey - 1.5, b.width, 1.5, '#1b2430', 'opacity=".12"')];
  const entrance = Math.floor(b.bays / 2);
  for (let bay = 0; bay < b.bays; bay++) {
    const x = b.x + bay * b.bay;
    if (level === 0) parts.push(bay === entrance ? door(b, x, y) : opening(b, x, y, 0.62, 0.66));
    else if (bay % 2 === 0 && b.style.balcony === 'loggia') parts.push(loggia(b, x, y));
    else if (bay % 2 === 0 || b.style.balcony === 'filant') parts.push(opening(b, x, y, 0.6, 0.78));
    else parts.push(opening(b, x, y, 0.36, 0.56));
  }
  if (level > 0) {
    if (b.style.balcony === 'filant') parts.push(balcony(b, b.x - 6, y, b.width + 12));
    else if (b.style.balcony !== 'loggia')
      for (let bay = 0; bay < b.bays; bay += 2)
        parts.push(balcony(b, b.x + bay * b.bay + b.bay * 0.06, y, b.bay * 0.88));
  }
  return parts.join('');
}

function opening(b: Block, x: number, y: number, wide: number, high: number): string {
  const width = b.bay * wide;
  const height = b.storey * high;
  const left = x + (b.bay - width) / 2;
  const up = y + b.storey * (high > 0.7 ? 0.98 - high : 0.86 - high);
  const glass = b.random() < 0.16 ? '#f6dfae' : 'url(#glass)';
  const curtain =
    b.random() < 0.4
      ? rect(left + 2, up + 2, width * (0.16 + b.random() * 0.16), height - 4, '#fff', 'opacity=".6"')
      : '';
  return `${rect(left - 1.5, up - 1.5, width + 3, height + 3, b.style.frame)}${rect(left, up, width, height, glass)}${curtain}${rect(left + width / 2 - 0.8, up, 1.6, height, b.style.frame)}${rect(left, up, width, 2.5, '#1b2430', 'opacity=".22"')}`;
}

function loggia(b: Block, x: number, y: number): string {
  const inset = b.bay * 0.08;
  return `${rect(x + inset, y + b.storey * 0.08, b.bay - inset * 2, b.storey * 0.9, '#3b4149', 'opacity=".55"')}${opening(b, x, y, 0.64, 0.76)}${rect(x + inset, y + b.storey * 0.08, b.bay - inset * 2, b.storey * 0.1, '#1b2430', 'opacity=".25"')}${rect(x + inset, y + b.storey * 0.62, b.bay - inset * 2, b.storey * 0.34, '#e8eef0', 'opacity=".5"')}${rect(x + inset, y + b.storey * 0.61, b.bay - inset * 2, 2, b.style.metal)}`;
}

function balcony(b: Block, x: number, y: number, width: number): string {
  const floor = y + b.storey - 3;
  const rail = floor - b.storey * 0.34;
  const parts = [
    rect(x, floor + 5, width, 6, '#1b2430', 'opacity=".16"'),
    rect(x, floor, width, 5, '#f4f1ea', 'stroke="#1b2430" stroke-opacity=".15" stroke-width=".6"'),
  ];
  if (b.style.balcony === 'bars') {
    for (let bar = x + 2; bar < x + width - 1; bar += 4.5)
      parts.push(rect(bar, rail, 1.1, floor - rail, b.style.metal, 'opacity=".85"'));
  } else parts.push(rect(x, rail, width, floor - rail, '#e3edf0', 'opacity=".55"'));
  parts.push(rect(x, rail - 1, width, 2, b.style.metal));
  if (b.random() < 0.3) {
    const pot = x + 6 + b.random() * Math.max(1, width - 26);
    parts.push(
      `<ellipse cx="${pot.toFixed(1)}" cy="${(rail + 3).toFixed(1)}" rx="8" ry="6" fill="${b.style.green}"/>`,
    );
  }
  return parts.join('');
}

function door(b: Block, x: number, y: number): string {
  const height = b.storey * 0.8;
  const up = y + b.storey - height;
  return `${rect(x + b.bay * 0.12, up, b.bay * 0.76, height, b.style.metal)}${rect(x + b.bay * 0.18, up + 5, b.bay * 0.3, height - 5, '#f3dca7')}${rect(x + b.bay * 0.52, up + 5, b.bay * 0.3, height - 5, '#f3dca7')}${rect(x - 4, up - 6, b.bay + 8, 5, b.style.metal)}`;
}

function roof(b: Block, top: number): string {
  const right = b.x + b.width;
  switch (b.style.roof) {
    case 'flat':
      return `${rect(b.x - 5, top - 12, b.width + 10, 14, b.style.wall, 'stroke="#1b2430" stroke-opacity=".18"')}${rect(b.x + b.width * 0.62, top - 40, b.width * 0.16, 28, b.style.wallAlt)}${rect(b.x + 10, top - 22, b.width * 0.5, 2, b.style.metal)}${[0, 1, 2, 3, 4].map((plant) => `<ellipse cx="${b.x + 40 + plant * b.width * 0.1}" cy="${top - 14}" rx="20" ry="10" fill="${b.style.green}"/>`).join('')}`;
    case 'attic':
      return attic(b, top);
    case 'gable':
      return gables(b, top);
    case 'mansard': {
      const height = b.storey * 0.95;
      const slope = b.storey * 0.3;
      const dormers = Array.from({ length: Math.floor(b.bays / 2) }, (_, index) =>
        dormer(b, b.x + (index * 2 + 0.5) * b.bay, top, height),
      ).join('');
      return `${path(`M${b.x - 6} ${top} L${b.x + slope} ${top - height} H${right - slope} L${right + 6} ${top} Z`, '#565f6b')}${path(`M${b.x + slope} ${top - height} l14 -14 H${right - slope - 14} l14 14 Z`, '#464e59')}${path(`M${b.x - 6} ${top} L${b.x + slope} ${top - height} H${right - slope} L${right + 6} ${top} Z`, 'url(#side)')}${rect(b.x - 8, top - 3, b.width + 16, 6, '#e9e4da')}${dormers}${chimney(b.x + b.width * 0.2, top - height)}${chimney(b.x + b.width * 0.78, top - height)}`;
    }
  }
}

function attic(b: Block, top: number): string {
  const inset = b.width * 0.1;
  const height = b.storey * 0.92;
  const windows = Array.from({ length: b.bays - 2 }, (_, index) => {
    const width = (b.width - inset * 2) / (b.bays - 2);
    return opening({ ...b, bay: width }, b.x + inset + index * width, top - b.storey, 0.66, 0.72);
  }).join('');
  return `${rect(b.x + inset, top - height, b.width - inset * 2, height, '#737b84')}${rect(b.x + inset, top - height, b.width - inset * 2, height, 'url(#side)')}${windows}${rect(b.x + inset - 14, top - height - 6, b.width - inset * 2 + 28, 8, '#4b525a')}${rect(b.x - 4, top - 4, b.width + 8, 6, '#f4f1ea')}${rect(b.x, top - b.storey * 0.34, b.width, b.storey * 0.32, '#e3edf0', 'opacity=".5"')}${rect(b.x, top - b.storey * 0.35, b.width, 2, b.style.metal)}${[0.03, 0.93].map((place) => `<ellipse cx="${b.x + b.width * (place + 0.02)}" cy="${top - 14}" rx="17" ry="13" fill="${b.style.green}"/>`).join('')}`;
}

function gables(b: Block, top: number): string {
  const count = Math.max(2, Math.round(b.bays / 3));
  const width = b.width / count;
  const height = Math.min(92, width * 0.46);
  const tiles = b.style.wallAlt === '#5d6067' ? '#4a4d54' : '#9b4f3a';
  return Array.from({ length: count }, (_, index) => {
    const x = b.x + index * width;
    return `${path(`M${x} ${top + 1} l${width / 2} ${-height + 8} l${width / 2} ${height - 8} z`, b.wall)}${path(`M${x - 9} ${top + 3} L${x + width / 2} ${top - height} L${x + width + 9} ${top + 3} l-5 7 L${x + width / 2} ${top - height + 14} L${x - 4} ${top + 10} z`, tiles)}<circle cx="${x + width / 2}" cy="${top - height * 0.36}" r="${Math.min(13, width * 0.08)}" fill="url(#glass)" stroke="${b.style.frame}" stroke-width="2"/>`;
  }).join('');
}

function dormer(b: Block, x: number, top: number, height: number): string {
  const width = b.bay * 0.6;
  const up = top - height * 0.78;
  return `${rect(x, up, width, height * 0.7, '#efeae0')}${rect(x + 5, up + 6, width - 10, height * 0.58, 'url(#glass)', `stroke="${b.style.frame}" stroke-width="1.5"`)}${rect(x + width / 2 - 0.8, up + 6, 1.6, height * 0.58, b.style.frame)}${path(`M${x - 5} ${up + 2} l${width / 2 + 5} -13 l${width / 2 + 5} 13 z`, '#3f4751')}`;
}

function chimney(x: number, top: number): string {
  return `${rect(x, top - 40, 26, 42, '#b98a6c')}${rect(x - 2, top - 43, 30, 5, '#8f6a54')}`;
}
