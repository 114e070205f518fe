import type { FieldMapping } from '@/lib/db/schema/promoters';
import type { ExtraType, FieldValue, StockExtra } from './schema';

/** Custom fields under the promoter's own keys. `files` are pictures and documents: their addresses never leave the server. */
export type MappedFields = {
  values: ReadonlyMap<string, FieldValue>;
  extras: StockExtra[];
  files: MappedFile[];
};
export type MappedFile = { key: string; label: string; type: 'image' | 'document'; address: string };

type Shown = { mapping: FieldMapping; type: ExtraType };

/**
 * A mapping made ready once for many rows. `known` are the keys that have a place of their own; the others are `extras`, in the
 * promoter's order.
 */
export function fieldReader(
  mappings: readonly FieldMapping[],
  on: FieldMapping['on'],
  known: ReadonlySet<string>,
) {
  const shown: Shown[] = [];
  const files: FieldMapping[] = [];
  for (const mapping of mappings) {
    if (mapping.on !== on) continue;
    if (mapping.type === 'image' || mapping.type === 'document') files.push(mapping);
    else shown.push({ mapping, type: mapping.type });
  }
  const read = (fields: Readonly<Record<string, FieldValue>>): MappedFields => {
    const values = new Map<string, FieldValue>();
    const extras: StockExtra[] = [];
    for (const { mapping, type } of shown) {
      const raw = fields[mapping.fieldId];
      const value = raw === undefined ? null : readField(raw, type);
      if (value === null) continue;
      values.set(mapping.key, value);
      if (!known.has(mapping.key)) extras.push({ key: mapping.key, label: mapping.label, type, value });
    }
    return { values, extras, files: files.flatMap((mapping) => readFile(mapping, fields[mapping.fieldId])) };
  };
  const extras = shown
    .filter(({ mapping }) => !known.has(mapping.key))
    .map(({ mapping: { key, label }, type }) => ({ key, label, type }));
  return { read, extras };
}

/** A custom field's value by its mapped type; null when it does not read as that type. Areas in m², money in cents. */
export function readField(raw: FieldValue, type: ExtraType): FieldValue | null {
  switch (type) {
    case 'text':
    case 'list':
      return String(raw).trim() || null;
    case 'number':
      return readNumber(raw);
    case 'area': {
      const area = readNumber(raw);
      return area !== null && area >= 0 ? area : null;
    }
    case 'money': {
      const euros = readNumber(raw);
      return euros === null ? null : Math.round(euros * 100);
    }
    case 'date':
      return readDay(raw);
    case 'boolean':
      return readBoolean(raw);
  }
}

// « 84,20 », « 84.2 m² », « 1 250,5 » : one figure, with or without its unit.
const FIGURE = /^(-?\d+(?:[.,]\d+)?)(?:m²|m2|€|%|eur|euros)?$/i;

function readNumber(raw: FieldValue): number | null {
  if (typeof raw === 'number') return Number.isFinite(raw) ? raw : null;
  if (typeof raw === 'boolean') return null;
  const figure = FIGURE.exec(raw.replace(/[\s\u00a0\u202f]/g, ''))?.[1];
  return figure === undefined ? null : Number(figure.replace(',', '.'));
}

/** `DD/MM/YYYY` (Koban Immobilier, custom fields) as `YYYY-MM-DD`: a day, not an instant. */
function readDay(raw: FieldValue): string | null {
  const text = String(raw).trim();
  const [, day = '', month = '', year = ''] = /^(\d{2})\/(\d{2})\/(\d{4})$/.exec(text) ?? [];
  const iso = year === '' ? text.slice(0, 10) : `${year}-${month}-${day}`;
  const instant = new Date(`${iso}T00:00:00Z`);
  const real = !Number.isNaN(instant.getTime()) && instant.toISOString().startsWith(iso);
  return real && instant.getUTCFullYear() > 1 ? iso : null;
}

function readBoolean(raw: FieldValue): boolean | null {
  if (typeof raw === 'boolean') return raw;
  const word = String(raw).trim().toLowerCase();
  if (['true', '1', 'oui', 'o', 'yes'].includes(word)) return true;
  return ['false', '0', 'non', 'n', 'no'].includes(word) ? false : null;
}

function readFile(mapping: FieldMapping, raw: FieldValue | undefined): MappedFile[] {
  if (mapping.type !== 'image' && mapping.type !== 'document') return [];
  const address = typeof raw === 'string' ? raw.trim() : '';
  const usable = /^https?:\/\//i.test(address) || /^\/(?!\/)/.test(address);
  return usable ? [{ key: mapping.key, label: mapping.label, type: mapping.type, address }] : [];
}
