import type { Room } from './rooms';

const n = (value: number): string => value.toFixed(1);
const line = 'fill="#ffffff" stroke="#b9b2a6" stroke-width="1.1"';

function box(x: number, y: number, width: number, height: number, radius = 2): string {
  return `<rect x="${n(x)}" y="${n(y)}" width="${n(width)}" height="${n(height)}" rx="${radius}" ${line}/>`;
}

/** What stands in a room, in outline: enough to feel its size. Coordinates are pixels, `scale` pixels a metre. */
export function furniture(
  room: Room,
  x: number,
  y: number,
  width: number,
  height: number,
  scale: number,
): string {
  switch (room.kind) {
    case 'bedroom':
      return bed(x, y, width, height, scale);
    case 'living':
      return living(x, y, width, height, scale);
    case 'bath':
      return bath(x, y, width, height, scale);
    case 'wc':
      return `<ellipse cx="${n(x + width / 2)}" cy="${n(y + 0.45 * scale)}" rx="${n(Math.min(0.2 * scale, width * 0.3))}" ry="${n(0.26 * scale)}" ${line}/>`;
    case 'store':
      return box(x + 4, y + 4, width - 8, Math.min(0.4 * scale, height * 0.3));
    case 'hall':
      return '';
  }
}

function bed(x: number, y: number, width: number, height: number, scale: number): string {
  const wide = Math.min(1.6 * scale, width * 0.62);
  const long = Math.min(1.9 * scale, height * 0.5);
  const left = x + (width - wide) / 2;
  const top = y + height - long - 0.35 * scale;
  return `${box(left, top, wide, long, 4)}${box(left + 4, top + long - 0.4 * scale - 4, wide / 2 - 7, 0.4 * scale, 4)}${box(left + wide / 2 + 3, top + long - 0.4 * scale - 4, wide / 2 - 7, 0.4 * scale, 4)}<path d="M${n(left)} ${n(top + long * 0.3)} h${n(wide)}" stroke="#b9b2a6"/>`;
}

function living(x: number, y: number, width: number, height: number, scale: number): string {
  const counter = Math.min(0.6 * scale, width * 0.2);
  const run = Math.min(2.4 * scale, height * 0.55);
  const sofa = Math.min(1.9 * scale, width * 0.5);
  const sofaY = y + height - 1.35 * scale;
  const sofaX = x + width - sofa - 0.4 * scale;
  const hobs = [0.18, 0.4]
    .map(
      (at) =>
        `<circle cx="${n(x + 6 + counter / 2)}" cy="${n(y + 6 + run * at)}" r="${n(counter * 0.18)}" fill="none" stroke="#b9b2a6"/>`,
    )
    .join('');
  return `${box(x + 6, y + 6, counter, run)}${hobs}${box(x + 6 + counter * 0.2, y + 6 + run * 0.68, counter * 0.6, run * 0.2)}${box(sofaX, sofaY, sofa, 0.8 * scale, 6)}${box(sofaX + 5, sofaY + 5, sofa / 2 - 7, 0.5 * scale, 4)}${box(sofaX + sofa / 2 + 2, sofaY + 5, sofa / 2 - 7, 0.5 * scale, 4)}<circle cx="${n(x + width * 0.3)}" cy="${n(y + height * 0.68)}" r="${n(Math.min(0.55 * scale, width * 0.14))}" ${line}/>`;
}

function bath(x: number, y: number, width: number, height: number, scale: number): string {
  const long = Math.min(1.6 * scale, width - 12);
  return `${box(x + (width - long) / 2, y + 5, long, Math.min(0.65 * scale, height * 0.3), 8)}${box(x + width * 0.3, y + height - 0.4 * scale - 6, Math.min(0.6 * scale, width * 0.4), 0.4 * scale, 4)}`;
}
