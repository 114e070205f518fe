import { guidOf, pick, seededRandom } from '../core/ids';
import type { Lot, Tag } from '../core/model';
import type { LotSheet } from '../core/sheets';
import { moreFields } from './fields';
import type { Site } from './sites';

const areas: Record<number, [number, number]> = {
  1: [26, 32],
  2: [39, 48],
  3: [58, 69],
  4: [78, 92],
  5: [98, 118],
};
/** Small dwellings cost more by the square metre. */
const sizeFactor: Record<number, number> = { 1: 1.12, 2: 1.04, 3: 1, 4: 0.97, 5: 1 };
const exposures = ['S', 'SO', 'O', 'SE', 'E', 'N-E', 'N', 'N-O'];
const exposureFactor: Record<string, number> = {
  S: 1.03,
  SO: 1.03,
  SE: 1.02,
  N: 0.97,
  'N-E': 0.975,
  'N-O': 0.98,
};

type Making = { site: Site; random: () => number; publicUrl: string; bornAt: number };

/** All lots of a programme, every principal before its secondaries, all free. */
export function makeLots(site: Site, publicUrl: string, bornAt: number): Lot[] {
  const making: Making = { site, random: seededRandom(site.code), publicUrl, bornAt };
  const lots: Lot[] = [];
  let parking = 1;
  let store = 1;
  const stairNames = site.stairs > 1 ? 'ABCDEFGH'.slice(0, site.stairs).split('') : [''];
  for (const stair of stairNames)
    for (let floor = 0; floor <= site.floors; floor++) {
      const landing = floor === site.floors && site.top ? site.top : site.landing;
      landing.forEach((rooms, index) => {
        const lot = dwelling(making, stair, floor, index, rooms, landing.length);
        lots.push(lot);
        if (rooms > 1 && making.random() < site.parking) lots.push(annex(making, lot, 'parking', parking++));
        if (rooms > 2 && making.random() < site.parking * 0.25)
          lots.push(annex(making, lot, making.random() < 0.6 ? 'cave' : 'cellier', store++));
      });
    }
  return lots;
}

function dwelling(
  making: Making,
  stair: string,
  floor: number,
  index: number,
  rooms: number,
  count: number,
): Lot {
  const { site, random } = making;
  const [least, most] = areas[rooms] ?? [40, 60];
  // Dwellings above one another share their plan; only the last floor differs.
  const column = seededRandom(`${site.code}${stair}${index}${floor === site.floors}`);
  const surface = Math.round((least + column() * (most - least) + (random() - 0.5)) * 20) / 20;
  const onTop = floor === site.floors;
  const hasGarden = floor === 0 && rooms > 2;
  const sheet: LotSheet = {
    kind: 'logement',
    typology: `T${rooms}`,
    rooms,
    floor,
    stair,
    position: index + 1,
    surface,
    balcony: floor > 0 && !onTop ? Math.round((4 + rooms * 1.6 + column() * 2) * 10) / 10 : 0,
    terrace:
      onTop || (hasGarden && random() < 0.7) ? Math.round((9 + rooms * 4 + random() * 6) * 10) / 10 : 0,
    garden: hasGarden ? Math.round(28 + random() * 60) : 0,
    exposure: exposures[Math.floor(((index + 0.5) / count) * 5 + column() * 3)] ?? 'S',
  };
  const outside = sheet.balcony * 0.25 + sheet.terrace * 0.3 + sheet.garden * 0.08;
  const inside =
    surface * (sizeFactor[rooms] ?? 1) * (1 + 0.013 * floor) * (exposureFactor[sheet.exposure] ?? 1);
  const euros = Math.round(((inside * (onTop ? 1.04 : 1) + outside) * site.pricePerMetre) / 500) * 500;
  const label = `${stair || 'L'}${floor}${String(index + 1).padStart(2, '0')}`;
  return lotOf(making, label, sheet, euros * 100, null);
}

function annex(making: Making, principal: Lot, kind: 'parking' | 'cave' | 'cellier', number: number): Lot {
  const { site, random } = making;
  const label =
    kind === 'parking'
      ? `P${String(number).padStart(2, '0')}`
      : `${kind === 'cave' ? 'C' : 'R'}${String(number).padStart(2, '0')}`;
  const surface = kind === 'parking' ? 12.5 : Math.round((3 + random() * 3) * 10) / 10;
  const euros = kind === 'parking' ? site.parkingPrice : kind === 'cave' ? 4000 : 3000;
  const sheet: LotSheet = {
    ...{ kind, typology: kind === 'parking' ? 'Parking' : kind === 'cave' ? 'Cave' : 'Cellier', rooms: 0 },
    ...{
      floor: kind === 'cellier' ? (principal.sheet?.floor ?? 0) : -1,
      stair: principal.sheet?.stair ?? '',
    },
    ...{ position: number, surface, balcony: 0, terrace: 0, garden: 0, exposure: '' },
  };
  return lotOf(making, label, sheet, euros * 100, principal.guid);
}

function lotOf(
  { site, random, publicUrl, bornAt }: Making,
  label: string,
  sheet: LotSheet,
  priceCents: number,
  link: string | null,
): Lot {
  const secondary = link !== null;
  const extcode =
    site.numericExtcodes === undefined
      ? `${site.code}-${label}`
      : String(site.numericExtcodes + digitsOf(label));
  const changedAt = bornAt + Math.floor(random() * 150 * 86_400_000);
  const area = (value: number): number | null => (value > 0 ? value : null);
  return {
    guid: guidOf(site.account, site.code, label),
    extcode,
    numericExtcode: site.numericExtcodes !== undefined,
    label,
    description:
      secondary || random() < 0.7
        ? null
        : pick(['Double orientation', 'Traversant', 'Dernier étage', 'Cuisine ouverte'], random),
    status: 'LIBRE',
    statusAsText: site.statusAsText === true,
    programme: site.code,
    result: null,
    priceCents,
    tags: tagsOf(sheet),
    moreFields: moreFields(site.account, 'lot', {
      surface: sheet.surface,
      position: secondary ? null : sheet.position,
      stair: sheet.stair || null,
      exposure: sheet.exposure || null,
      balcony: area(sheet.balcony),
      terrace: area(sheet.terrace),
      garden: area(sheet.garden),
      dpe: secondary ? null : random() < 0.75 ? 'A' : 'B',
      ceiling: secondary ? null : sheet.floor === 0 ? '2,70 m' : '2,50 m',
      plan: secondary ? null : `${publicUrl}/files/${site.account}/lots/${extcode}/plan.svg`,
      number: secondary ? label : null,
      level: secondary ? (sheet.floor < 0 ? 'Sous-sol 1' : null) : null,
    }),
    secondary,
    link,
    createdAt: bornAt,
    updatedAt: changedAt,
    withdrawn: false,
    options: [],
    preresv: null,
    sheet,
  };
}

function digitsOf(label: string): number {
  const family = { L: 0, P: 5000, C: 7000, R: 8000 }[label[0] ?? 'L'] ?? 0;
  return family + Number(label.slice(1));
}

function tagsOf(sheet: LotSheet): Tag[] {
  const tag = (category: string, label: string, code: string | null): Tag => ({
    TagCategory: category,
    TagCategoryCode: category,
    Label: label,
    ExternalCode: code,
  });
  const kind = tag('TPLOG', sheet.kind === 'logement' ? 'Appartement' : sheet.typology, null);
  if (sheet.kind !== 'logement') return [kind];
  return [
    kind,
    tag('NBPIECES', String(sheet.rooms), sheet.typology),
    tag('ETAGE', sheet.floor === 0 ? 'RDC' : String(sheet.floor), String(sheet.floor)),
  ];
}
