import type { PromoterSettings } from '@/lib/db/schema/all';
import { fieldReader, type MappedFields } from './map-fields';
import type { LotRecord, ProgrammeRow } from './queries';
import { normaliseExposure, typologyOf } from './read-words';
import { statusFamily } from './rules';
import type { FieldValue, StockAnnex, StockLot } from './schema';

const LOT_KEYS = ['surface', 'exposure', 'balcony', 'terrace', 'garden', 'position', 'stair', 'dpe'];
const PROGRAMME_KEYS = 'address zip city latitude longitude delivery zone description honoraires image'.split(
  ' ',
);

/** What turns the mirror's rows into what screens show, for one promoter's settings. */
export type Shaper = ReturnType<typeof shaperFor>;

/** Prepares a promoter's mapping and labels once for many rows. */
export function shaperFor(slug: string, settings: PromoterSettings, programmes: readonly ProgrammeRow[]) {
  const { read: readLot, extras } = fieldReader(settings.fields, 'lot', new Set(LOT_KEYS));
  const { read: readProgramme } = fieldReader(settings.fields, 'programme', new Set(PROGRAMME_KEYS));
  // A status may arrive as a bare code: the programme's steps then hold its label.
  const stepLabels = new Map(
    programmes.flatMap(({ steps }) => steps.map(({ code, label }) => [code, label])),
  );

  const statusLabel = (row: LotRecord): string | null => {
    const own = settings.statusLabels[row.statusCode];
    if (own !== undefined) return own;
    if (statusFamily(row.statusCode, row.result) !== 'other') return null;
    return row.statusLabel ?? stepLabels.get(row.statusCode) ?? null;
  };

  return {
    extras,
    readProgramme,
    fieldsOf: (row: Pick<LotRecord, 'fields'>): MappedFields => readLot(row.fields),
    lot(row: LotRecord): StockLot {
      const { values, extras: own } = readLot(row.fields);
      const exposure = textIn(values, 'exposure');
      return {
        promoter: slug,
        extcode: row.extcode,
        label: row.label,
        programmeCode: row.programmeCode,
        statusCode: row.statusCode,
        statusLabel: statusLabel(row),
        result: row.result,
        priceCents: row.priceCents,
        rooms: row.rooms,
        typology: typologyOf(row.rooms, row.typology),
        kind: row.typology,
        floor: row.floor,
        floorLabel: row.floor === null ? row.floorLabel : null,
        surface: numberIn(values, 'surface'),
        balcony: numberIn(values, 'balcony'),
        terrace: numberIn(values, 'terrace'),
        garden: numberIn(values, 'garden'),
        exposure: exposure === null ? null : normaliseExposure(exposure),
        position: numberIn(values, 'position'),
        stair: textIn(values, 'stair'),
        dpe: textIn(values, 'dpe'),
        optionRank: optionRank(row.optionRank),
        rank1EndsAt: row.rank1EndsAt,
        optionSeenAt: row.optionSeenAt,
        actable: row.actable,
        withdrawn: row.withdrawnAt !== null,
        version: row.version,
        annexes: [],
        extras: own,
      };
    },
    annex(row: LotRecord, principal: string | null): StockAnnex {
      return {
        extcode: row.extcode,
        label: row.label,
        kind: row.typology ?? row.label,
        priceCents: row.priceCents,
        statusCode: row.statusCode,
        statusLabel: statusLabel(row),
        result: row.result,
        programmeCode: row.programmeCode,
        principal,
        actable: row.actable,
        version: row.version,
      };
    },
  };
}

function optionRank(rank: number | null): 0 | 1 | 2 | null {
  return rank === 0 || rank === 1 || rank === 2 ? rank : null;
}

/** A mapped figure, whatever type the promoter gave the field; null when it is none. */
export function numberIn(values: ReadonlyMap<string, FieldValue>, key: string): number | null {
  const value = values.get(key);
  const figure = typeof value === 'string' ? Number(value.replace(',', '.')) : value;
  return typeof figure === 'number' && Number.isFinite(figure) ? figure : null;
}

/** A mapped text; null when there is none. */
export function textIn(values: ReadonlyMap<string, FieldValue>, key: string): string | null {
  const value = values.get(key);
  return value === undefined ? null : String(value);
}
