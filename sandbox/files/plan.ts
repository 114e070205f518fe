import type { Lot } from '../core/model';
import type { LotSheet, ProgrammeSheet } from '../core/sheets';
import { escapeXml } from './facade';
import { furniture } from './furniture';
import { type Room, roomPlan, squareMetres } from './rooms';

const fills: Record<Room['kind'], string> = {
  living: '#fbf5ea',
  bedroom: '#f3f1f7',
  bath: '#e6f1f3',
  wc: '#e6f1f3',
  hall: '#f6f4f0',
  store: '#eeece7',
};
const degrees: Record<string, number> = {
  S: 180,
  SO: 225,
  O: 270,
  SE: 135,
  E: 90,
  'N-E': 45,
  N: 0,
  'N-O': 315,
};
const n = (value: number): string => value.toFixed(1);

/** Draws a dwelling's plan: rooms with their areas, doors, windows, furniture, outside space, compass and scale. */
export function planSvg(
  lot: Lot,
  sheet: LotSheet,
  programme: { label: string; sheet: ProgrammeSheet },
): string {
  const plan = roomPlan(sheet);
  const outside = sheet.garden > 0 ? 2.6 : sheet.balcony > 0 || sheet.terrace > 0 ? 1.7 : 0;
  const scale = Math.min(600 / plan.width, 540 / (plan.height + outside));
  const left = 40 + (600 - plan.width * scale) / 2;
  const top = 70 + (560 - (plan.height + outside) * scale) / 2;
  const entry = plan.rooms.find((room) => room.name === 'Entrée');
  const body = plan.rooms.map((room) => roomSvg(room, scale)).join('');
  const frontY = Math.max(...plan.rooms.map((room) => room.y));
  const windows = plan.rooms
    .filter((room) => room.y === frontY || (room.kind === 'bedroom' && room.y === 0))
    .map((room) => windowSvg(room, scale, room.y === frontY))
    .join('');
  const doors = plan.rooms.map((room) => doorSvg(room, scale, frontY, plan.rooms.length > 5)).join('');
  const frontDoor = entry ? entranceSvg(entry, scale) : '';
  return `<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 1000 720" width="1000" height="720" font-family="Instrument Sans, Helvetica, Arial, sans-serif" role="img" aria-label="Plan du lot ${escapeXml(lot.label)} (dessin)"><rect width="1000" height="720" fill="#ffffff"/><g transform="translate(${n(left)} ${n(top)})">${outsideSvg(sheet, plan, scale)}${body}<rect width="${n(plan.width * scale)}" height="${n(plan.height * scale)}" fill="none" stroke="#1b2430" stroke-width="7"/>${doors}${windows}${frontDoor}${plan.rooms.map((room) => labelSvg(room, scale)).join('')}</g>${panel(lot, sheet, programme, plan.rooms)}${scaleBar(scale)}</svg>`;
}

function roomSvg(room: Room, scale: number): string {
  const [x, y, width, height] = [room.x * scale, room.y * scale, room.width * scale, room.height * scale];
  return `<rect x="${n(x)}" y="${n(y)}" width="${n(width)}" height="${n(height)}" fill="${fills[room.kind]}" stroke="#1b2430" stroke-width="3.5"/>${furniture(room, x, y, width, height, scale)}`;
}

function labelSvg(room: Room, scale: number): string {
  const x = (room.x + room.width / 2) * scale;
  const wide = room.width * scale;
  const flat = room.height * scale < 46;
  const y =
    (room.y + room.height * (room.kind === 'bedroom' || room.kind === 'living' ? 0.3 : 0.5)) * scale +
    (flat ? 4 : 0);
  const size = Math.max(7.5, Math.min(13, wide / (room.name.length * 0.62)));
  const area = squareMetres(room.area);
  if (flat)
    return `<text x="${n(x)}" y="${n(y)}" font-size="${n(Math.min(size, 11))}" text-anchor="middle" fill="#1b2430">${room.name} · ${area}</text>`;
  return `<text x="${n(x)}" y="${n(y)}" text-anchor="middle" fill="#1b2430" font-size="${n(size)}" font-weight="600" stroke="${fills[room.kind]}" stroke-width="4" stroke-linejoin="round" paint-order="stroke">${room.name}<tspan x="${n(x)}" dy="1.25em" font-weight="400" font-size="${n(size * 0.88)}" fill="#55606e">${area}</tspan></text>`;
}

function windowSvg(room: Room, scale: number, front: boolean): string {
  const width = room.width * scale * (room.kind === 'living' ? 0.62 : 0.46);
  const x = (room.x + room.width / 2) * scale - width / 2;
  const y = (front ? room.y + room.height : room.y) * scale;
  return `<rect x="${n(x)}" y="${n(y - 4)}" width="${n(width)}" height="8" fill="#ffffff" stroke="#1b2430" stroke-width="1.2"/><path d="M${n(x)} ${n(y)} h${n(width)} M${n(x + width / 2)} ${n(y - 4)} v8" stroke="#1b2430" stroke-width="1"/>`;
}

/** A door towards the corridor, or towards the row in front when there is none. */
function doorSvg(room: Room, scale: number, frontY: number, hasCorridor: boolean): string {
  if (room.name === 'Dégagement') return '';
  const size = Math.min(0.8, room.width * 0.7) * scale;
  const front = room.y === frontY;
  if (!hasCorridor && room.kind === 'living') return '';
  const x = (room.x + room.width / 2) * scale + (room.kind === 'living' ? -size * 1.4 : -size / 2);
  const y = (front ? room.y : room.y + room.height) * scale;
  const sweep = front ? 1 : -1;
  return `<path d="M${n(x)} ${n(y)} h${n(size)}" stroke="${fills[room.kind]}" stroke-width="5"/><path d="M${n(x)} ${n(y)} v${n(sweep * size)} A${n(size)} ${n(size)} 0 0 ${front ? 0 : 1} ${n(x + size)} ${n(y)}" fill="none" stroke="#6f7986" stroke-width="1.1"/>`;
}

function entranceSvg(room: Room, scale: number): string {
  const size = 0.9 * scale;
  const x = (room.x + room.width / 2) * scale - size / 2;
  return `<path d="M${n(x)} 0 h${n(size)}" stroke="#ffffff" stroke-width="9"/><path d="M${n(x)} 0 v${n(size)} A${n(size)} ${n(size)} 0 0 0 ${n(x + size)} 0" fill="none" stroke="#a8492a" stroke-width="1.6"/><path d="M${n(x + size / 2 - 8)} -22 h16 l-8 12 z" fill="#a8492a"/>`;
}

function outsideSvg(sheet: LotSheet, plan: { width: number; height: number }, scale: number): string {
  const y = plan.height * scale;
  const wide = plan.width * scale;
  const parts: string[] = [];
  if (sheet.garden > 0)
    parts.push(
      `<rect x="-14" y="${n(y)}" width="${n(wide + 28)}" height="${n(2.6 * scale)}" rx="6" fill="#dfe9d2" stroke="#a9bd8c" stroke-dasharray="5 4"/><text x="${n(wide * 0.8)}" y="${n(y + 2.2 * scale)}" font-size="12" text-anchor="middle" fill="#48613a">Jardin ${squareMetres(sheet.garden)}</text>`,
    );
  const [name, area] = sheet.terrace > 0 ? ['Terrasse', sheet.terrace] : ['Balcon', sheet.balcony];
  if (area > 0) {
    const depth = 1.5 * scale;
    const width = Math.min(wide, (area / 1.5) * scale);
    const x = sheet.position % 2 === 0 ? wide - width : 0;
    const boards = Array.from(
      { length: Math.floor(width / 14) },
      (_, board) => `M${n(x + board * 14)} ${n(y)} v${n(depth)}`,
    ).join(' ');
    parts.push(
      `<rect x="${n(x)}" y="${n(y)}" width="${n(width)}" height="${n(depth)}" fill="#efe3d0" stroke="#1b2430" stroke-width="1.5"/><path d="${boards}" stroke="#d9c7a8" stroke-width="1"/><text x="${n(x + width / 2)}" y="${n(y + depth / 2 + 5)}" font-size="12" text-anchor="middle" fill="#5d4a2f" font-weight="600">${name} ${squareMetres(area)}</text>`,
    );
  }
  return parts.join('');
}

function panel(
  lot: Lot,
  sheet: LotSheet,
  programme: { label: string; sheet: ProgrammeSheet },
  rooms: Room[],
): string {
  const floor =
    sheet.floor === 0 ? 'Rez-de-chaussée' : `${sheet.floor}${sheet.floor === 1 ? 'er' : 'e'} étage`;
  const lines = rooms
    .map(
      (room, index) =>
        `<text x="690" y="${262 + index * 23}" font-size="13" fill="#55606e">${room.name}</text><text x="960" y="${262 + index * 23}" font-size="13" text-anchor="end" fill="#1b2430">${squareMetres(room.area)}</text>`,
    )
    .join('');
  const total = 262 + rooms.length * 23;
  return `<path d="M664 40 V680" stroke="#e4e0d8"/><text x="690" y="66" font-size="13" fill="#6f7986">${escapeXml(programme.label)} · ${escapeXml(programme.sheet.city)}</text><text x="690" y="112" font-size="38" font-weight="650" fill="#1f3a5f">${escapeXml(lot.label)}</text><text x="690" y="142" font-size="16" fill="#1b2430">${sheet.typology} · ${floor}${sheet.stair ? ` · escalier ${sheet.stair}` : ''}</text><text x="690" y="168" font-size="14" fill="#55606e">Orientation ${sheet.exposure}</text><g transform="translate(930 84) rotate(${180 - (degrees[sheet.exposure] ?? 180)})"><circle r="24" fill="none" stroke="#d3cdc2"/><path d="M0 -20 L6 4 L0 0 L-6 4 Z" fill="#1f3a5f"/><text y="-28" font-size="11" text-anchor="middle" fill="#55606e">N</text></g><text x="690" y="222" font-size="12" fill="#6f7986">Surfaces habitables</text><path d="M690 234 H960" stroke="#e4e0d8"/>${lines}<path d="M690 ${total - 12} H960" stroke="#1b2430"/><text x="690" y="${total + 10}" font-size="15" font-weight="650" fill="#1b2430">Total</text><text x="960" y="${total + 10}" font-size="15" font-weight="650" text-anchor="end" fill="#1b2430">${squareMetres(sheet.surface)}</text><text x="690" y="664" font-size="10.5" fill="#6f7986">Plan de vente dessiné pour la démonstration,</text><text x="690" y="680" font-size="10.5" fill="#6f7986">sans valeur contractuelle.</text>`;
}

function scaleBar(scale: number): string {
  return `<g transform="translate(40 680)"><path d="M0 0 h${n(scale * 2)} M0 -5 v10 M${n(scale)} -5 v10 M${n(scale * 2)} -5 v10" stroke="#55606e" stroke-width="1.5"/><text x="${n(scale * 2 + 8)}" y="4" font-size="11" fill="#55606e">2 m</text></g>`;
}
