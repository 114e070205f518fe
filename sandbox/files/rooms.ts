import type { LotSheet } from '../core/sheets';

export type RoomKind = 'living' | 'bedroom' | 'bath' | 'wc' | 'hall' | 'store';
/** A room, in metres from the top left corner of the dwelling; the façade is at the bottom. */
export type Room = {
  name: string;
  kind: RoomKind;
  x: number;
  y: number;
  width: number;
  height: number;
  area: number;
};
export type RoomPlan = { width: number; height: number; rooms: Room[] };

type Share = [name: string, kind: RoomKind, share: number];
type Rows = { back: Share[]; middle: Share[]; front: Share[] };

const rowsByRooms: Record<number, Rows> = {
  1: {
    back: [
      ['Entrée', 'hall', 0.14],
      ['Salle d’eau', 'bath', 0.17],
    ],
    middle: [],
    front: [['Séjour · cuisine', 'living', 0.69]],
  },
  2: {
    back: [
      ['Entrée', 'hall', 0.15],
      ['Rgt', 'store', 0.05],
      ['Salle d’eau', 'bath', 0.12],
    ],
    middle: [],
    front: [
      ['Séjour · cuisine', 'living', 0.42],
      ['Chambre', 'bedroom', 0.26],
    ],
  },
  3: {
    back: [
      ['Entrée', 'hall', 0.09],
      ['Cellier', 'store', 0.05],
      ['WC', 'wc', 0.035],
      ['Salle de bains', 'bath', 0.095],
    ],
    middle: [['Dégagement', 'hall', 0.07]],
    front: [
      ['Séjour · cuisine', 'living', 0.34],
      ['Chambre 1', 'bedroom', 0.17],
      ['Chambre 2', 'bedroom', 0.15],
    ],
  },
  4: {
    back: [
      ['Entrée', 'hall', 0.07],
      ['WC', 'wc', 0.03],
      ['Salle de bains', 'bath', 0.075],
      ['Salle d’eau', 'bath', 0.055],
      ['Chambre 3', 'bedroom', 0.135],
    ],
    middle: [['Dégagement', 'hall', 0.07]],
    front: [
      ['Séjour · cuisine', 'living', 0.305],
      ['Chambre 1', 'bedroom', 0.14],
      ['Chambre 2', 'bedroom', 0.12],
    ],
  },
  5: {
    back: [
      ['Entrée', 'hall', 0.06],
      ['WC', 'wc', 0.025],
      ['Salle de bains', 'bath', 0.065],
      ['Salle d’eau', 'bath', 0.05],
      ['Chambre 3', 'bedroom', 0.115],
      ['Chambre 4', 'bedroom', 0.105],
    ],
    middle: [['Dégagement', 'hall', 0.07]],
    front: [
      ['Séjour · cuisine', 'living', 0.27],
      ['Chambre 1', 'bedroom', 0.13],
      ['Chambre 2', 'bedroom', 0.11],
    ],
  },
};

/** Lays a dwelling's rooms out so that their areas add up to its surface; every other landing position is mirrored. */
export function roomPlan(sheet: LotSheet): RoomPlan {
  const rows = rowsByRooms[sheet.rooms] ?? rowsByRooms[3];
  const width = Math.sqrt(sheet.surface * (1.15 + sheet.rooms * 0.07));
  const height = sheet.surface / width;
  const rooms: Room[] = [];
  let y = 0;
  for (const row of [rows?.back ?? [], rows?.middle ?? [], rows?.front ?? []]) {
    const share = row.reduce((sum, [, , part]) => sum + part, 0);
    let x = 0;
    for (const [name, kind, part] of row) {
      const roomWidth = (width * part) / share;
      const left = sheet.position % 2 === 0 ? width - x - roomWidth : x;
      rooms.push({
        name,
        kind,
        x: left,
        y,
        width: roomWidth,
        height: height * share,
        area: sheet.surface * part,
      });
      x += roomWidth;
    }
    y += height * share;
  }
  return { width, height, rooms };
}

/** `12,45 m²`. */
export function squareMetres(area: number): string {
  return `${area.toFixed(2).replace('.', ',')} m²`;
}
