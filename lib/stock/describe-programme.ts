import type { MappedFile } from './map-fields';
import { numberIn, textIn } from './prepare-lot';
import type { ProgrammeRow } from './queries';
import { summaryOf } from './read-shelf';
import { parseDelivery } from './read-words';
import type { Sight } from './reveal-stock';
import { freshness } from './rules';
import type { ProgrammeCard, ProgrammeDetail, StockDocument } from './schema';

/** Where the portal itself serves a file: the address at Koban stays on the server. */
export type FileOwner = { promoter: string; kind: 'programme' | 'lot'; code: string };

/** A file as screens link to it. */
export function documentOf(owner: FileOwner, { key, label, type }: MappedFile): StockDocument {
  const path = [owner.promoter, owner.kind, owner.code, key].map(encodeURIComponent).join('/');
  return { key, label, type, href: `/api/files/${path}` };
}

/** A programme with its counts, lowest price, documents and age. */
export function describeProgramme({ shelf }: Sight, row: ProgrammeRow, now: Date): ProgrammeDetail {
  const { slug, name, seenAt, attemptAt, progress } = shelf.header;
  const { values, extras, files } = shelf.shaper.readProgramme(row.fields);
  const owner: FileOwner = { promoter: slug, kind: 'programme', code: row.code };
  const documents = files.map((file) => documentOf(owner, file));
  const delivery = textIn(values, 'delivery');
  return {
    promoter: slug,
    promoterName: name,
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
    freshness: freshness(seenAt, attemptAt, now),
    progress,
    documents: documents.filter(({ type }) => type === 'document'),
    extras,
  };
}

/** The programme as a card shows it: no more than that goes to the browser. */
export function cardOf({ documents, extras, ...card }: ProgrammeDetail): ProgrammeCard {
  return card;
}
