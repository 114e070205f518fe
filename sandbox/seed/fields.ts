import { guidOf } from '../core/ids';
import type { MoreField } from '../core/model';

type FieldType = 'text' | 'area' | 'number' | 'image' | 'document';
export type FieldSpec = { key: string; label: string; type: FieldType; on: 'lot' | 'programme' };

/** The custom fields of the demo's accounts. On the wire only their opaque ids appear; the provisioning file maps them. */
export const fieldSpecs: readonly FieldSpec[] = [
  { key: 'surface', label: 'Surface', type: 'area', on: 'lot' },
  { key: 'exposure', label: 'Exposition', type: 'text', on: 'lot' },
  { key: 'balcony', label: 'Balcon', type: 'area', on: 'lot' },
  { key: 'terrace', label: 'Terrasse', type: 'area', on: 'lot' },
  { key: 'garden', label: 'Jardin', type: 'area', on: 'lot' },
  { key: 'position', label: 'Position sur l’étage', type: 'number', on: 'lot' },
  { key: 'stair', label: 'Escalier', type: 'text', on: 'lot' },
  { key: 'dpe', label: 'DPE', type: 'text', on: 'lot' },
  { key: 'plan', label: 'Plan du lot', type: 'document', on: 'lot' },
  { key: 'ceiling', label: 'Hauteur sous plafond', type: 'text', on: 'lot' },
  { key: 'number', label: 'Numéro', type: 'text', on: 'lot' },
  { key: 'level', label: 'Niveau', type: 'text', on: 'lot' },
  { key: 'address', label: 'Adresse', type: 'text', on: 'programme' },
  { key: 'zip', label: 'Code postal', type: 'text', on: 'programme' },
  { key: 'city', label: 'Ville', type: 'text', on: 'programme' },
  { key: 'latitude', label: 'Latitude', type: 'number', on: 'programme' },
  { key: 'longitude', label: 'Longitude', type: 'number', on: 'programme' },
  { key: 'delivery', label: 'Livraison', type: 'text', on: 'programme' },
  { key: 'zone', label: 'Zone fiscale', type: 'text', on: 'programme' },
  { key: 'description', label: 'Présentation', type: 'text', on: 'programme' },
  { key: 'honoraires', label: 'Honoraires', type: 'number', on: 'programme' },
  { key: 'image', label: 'Façade', type: 'image', on: 'programme' },
  { key: 'document:plaquette', label: 'Plaquette', type: 'document', on: 'programme' },
  { key: 'document:plan-masse', label: 'Plan de masse', type: 'document', on: 'programme' },
  { key: 'document:notice', label: 'Notice descriptive', type: 'document', on: 'programme' },
];

/** Koban's id of a custom field: each account has its own. */
export function fieldId(account: string, on: 'lot' | 'programme', key: string): string {
  return guidOf(account, 'field', on, key);
}

/** MoreFields of these values; what is null is left out, as Koban leaves out what nobody filled in. */
export function moreFields(
  account: string,
  on: 'lot' | 'programme',
  values: Record<string, string | number | null>,
): MoreField[] {
  return Object.entries(values).flatMap(([key, Value]) =>
    Value === null ? [] : [{ FieldId: fieldId(account, on, key), Value }],
  );
}
