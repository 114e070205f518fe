import { allowedAddress } from './fetch-file';
import type { MappedFile } from './map-fields';
import { numberIn, textIn } from './prepare-lot';
import type { ProgrammeRow, StockHeader } from './queries';
import { summaryOf } from './read-shelf';
import { parseDelivery } from './read-words';
import type { Sight } from './reveal-stock';
import { freshness } from './rules';
import type { ProgrammeCard, ProgrammeDetail, PromoterStock, StockDocument } from './schema';

/** Where the portal itself serves a file: the address at Koban stays on the server. */
type FileOwner = { kind: 'programme' | 'lot'; code: string };

/** Files as screens link to them; one that would not be passed on has no link. */
export function documentsOf(
  header: StockHeader,
  { kind, code }: FileOwner,
  files: readonly MappedFile[],
): StockDocument[] {
  return files
    .filter(({ address }) => allowedAddress(address, header) !== null)
    .map(({ key, label, type }) => {
      const path = [header.slug, kind, code, key].map(encodeURIComponent).join('/');
      return { key, label, type, href: `/api/files/${path}` };
    });
}

/** Whose stock it is, how old, and how far its first pull has come. */
export function describeStock({ shelf }: Sight, now: Date): PromoterStock {
  const { slug, name, seenAt, attemptAt, progress } = shelf.header;
  return { promoter: slug, promoterName: name, freshness: freshness(seenAt, attemptAt, now), progress };
}

/** A programme with its counts, lowest price, documents and age. */
export function describeProgramme(sight: Sight, row: ProgrammeRow, now: Date): ProgrammeDetail {
  const { shelf } = sight;
  const { values, extras, files } = shelf.shaper.readProgramme(row.fields);
  const documents = documentsOf(shelf.header, { kind: 'programme', code: row.code }, files);
  const delivery = textIn(values, 'delivery');
  return {
    ...describeStock(sight, now),
    code: row.code,
    label: row.label,
    regroup: row.regroup,
    address: textIn(values, 'address'),
    zip: textIn(values, 'zip'),
    city: textIn(values, 'city'),
    zone: textIn(values, 'zone'),
    latitude: numberIn(values, 'latitude'),
    longitude: numberIn(values, 'longitude'),
    delivery: delivery === null ? null : parseDelivery(delivery),
    deliveryText: delivery,
    description: textIn(values, 'description'),
    honoraires: numberIn(values, 'honoraires') ?? textIn(values, 'honoraires'),
    image: documents.find(({ type }) => type === 'image') ?? null,
    ...summaryOf(shelf, row.code),
    documents: documents.filter(({ type }) => type === 'document'),
    extras,
  };
}

/** The programme as a card shows it: no more than that goes to the browser. */
export function cardOf({ documents, extras, ...card }: ProgrammeDetail): ProgrammeCard {
  return card;
}
