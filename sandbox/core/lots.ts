import type { Account } from './account';
import type { Lot, MoreField, Tag } from './model';
import { endOption, setStatus } from './options';
import { field, numberOf, textOf } from './reading';
import { endReservation } from './reservations';
import { type Written, writeRefused } from './thirds';
import { recordEffect, type Scene } from './world';

/** PostMany takes at most this many objects (PUB). */
const MOST = 100;

/** Creates or updates lots (ncDeal/PostMany): all or none (ASSUMED), a secondary's `Link` is its principal's external code (DOC). */
export function writeLots(scene: Scene, uniqueProperty: string, body: unknown): Written {
  const { account, world } = scene;
  if (!Array.isArray(body)) return writeRefused(account, 'Tableau attendu');
  if (body.length > MOST) return writeRefused(account, `${MOST} objets au maximum`);
  const known = new Set<string>();
  for (const item of body) {
    const problem = problemWith(account, uniqueProperty, item, known);
    if (problem) return writeRefused(account, problem);
    const extcode = textOf(field(item, 'Extcode'));
    if (extcode) known.add(extcode);
  }
  const now = world.clock.now();
  const guids: string[] = [];
  for (const item of body) {
    const existing = existingLot(account, uniqueProperty, item);
    const lot = existing ?? newLot(account, item, now);
    const status = textOf(field(item, 'Status', 'Code')) ?? textOf(field(item, 'Status'));
    fill(account, lot, item);
    if (!existing) account.addLot(lot);
    const principal = account.lot(textOf(field(item, 'Link')) ?? '')?.guid ?? lot.link;
    account.attach(lot, willBeSecondary(item, existing) ? principal : null);
    if (status && status !== lot.status) changeStatus(scene, lot, status);
    lot.withdrawn = false;
    account.touch([lot], now);
    guids.push(lot.guid);
    recordEffect(scene, existing ? 'lot-updated' : 'lot-created', { lot: lot.extcode, guid: lot.guid });
  }
  return { Success: true, Result: guids, Errors: [] };
}

function existingLot(account: Account, uniqueProperty: string, item: unknown): Lot | null {
  const value = textOf(field(item, uniqueProperty));
  if (value === null) return null;
  return uniqueProperty === 'Guid' ? account.lotByGuid(value) : account.lotEvenWithdrawn(value);
}

function problemWith(
  account: Account,
  uniqueProperty: string,
  item: unknown,
  known: Set<string>,
): string | null {
  const extcode = textOf(field(item, 'Extcode'));
  const existing = existingLot(account, uniqueProperty, item);
  if (!existing && extcode === null) return 'Extcode obligatoire';
  const code = textOf(field(item, 'Process', 'Code'));
  if (!existing && (code === null || !account.programmes.has(code)))
    return `Programme inconnu pour le lot ${extcode}`;
  if (!willBeSecondary(item, existing)) return null;
  const link = textOf(field(item, 'Link'));
  if (existing?.link && link === null) return null;
  if (link !== null && link === extcode) return `Le lot ${extcode} ne peut être sa propre annexe`;
  if (link === null || !(known.has(link) || account.lot(link)))
    return `Lot principal ${link ?? ''} introuvable pour le lot ${extcode}`;
  return null;
}

/** Only what is posted changes: a lot keeps its type when none is given. */
function willBeSecondary(item: unknown, existing: Lot | null): boolean {
  const type = field(item, 'Type');
  return type === undefined ? (existing?.secondary ?? false) : textOf(type)?.toLowerCase() === 'secondary';
}

function newLot(account: Account, item: unknown, now: number): Lot {
  return {
    guid: account.newGuid('lot'),
    extcode: textOf(field(item, 'Extcode')) ?? '',
    numericExtcode: typeof field(item, 'Extcode') === 'number',
    label: '',
    description: null,
    status: 'LIBRE',
    statusAsText: false,
    programme: textOf(field(item, 'Process', 'Code')) ?? '',
    result: null,
    priceCents: null,
    tags: [],
    moreFields: [],
    secondary: false,
    link: null,
    createdAt: now,
    updatedAt: now,
    withdrawn: false,
    options: [],
    preresv: null,
    sheet: null,
  };
}

function fill(account: Account, lot: Lot, item: unknown): void {
  const price = numberOf(field(item, 'Amountprev'));
  if (price !== null) lot.priceCents = Math.round(price * 100);
  lot.label = textOf(field(item, 'Label')) ?? (lot.label || lot.extcode);
  lot.description = textOf(field(item, 'Description')) ?? lot.description;
  const code = textOf(field(item, 'Process', 'Code'));
  if (code !== null && account.programmes.has(code)) lot.programme = code;
  const result = textOf(field(item, 'Result'));
  if (result === 'WON' || result === 'LOST' || result === 'SLEEP') lot.result = result;
  const tags = field(item, 'Tags');
  if (Array.isArray(tags)) lot.tags = tags.map(tagOf);
  const more = field(item, 'MoreFields');
  if (Array.isArray(more)) lot.moreFields = more.map(moreFieldOf);
}

function tagOf(tag: unknown): Tag {
  const category = textOf(field(tag, 'TagCategory')) ?? '';
  return {
    TagCategory: category,
    TagCategoryCode: textOf(field(tag, 'TagCategoryCode')) ?? category,
    Label: textOf(field(tag, 'Label')) ?? '',
    ExternalCode: textOf(field(tag, 'ExternalCode')),
  };
}

function moreFieldOf(more: unknown): MoreField {
  const value = field(more, 'Value');
  const plain = typeof value === 'string' || typeof value === 'number' || typeof value === 'boolean';
  return { FieldId: textOf(field(more, 'FieldId')) ?? '', Value: plain ? value : null };
}

/** The promoter gives a lot a status by hand; options and a file that it leaves no room for end. */
export function changeStatus(scene: Scene, lot: Lot, status: string): void {
  if (status !== 'OPTION')
    for (const option of [...lot.options].sort((a, b) => b.rank - a.rank))
      endOption(scene, lot, option, 'option-cancelled');
  if (status !== 'PRERESV' && status !== 'RESV') endReservation(scene, lot);
  setStatus(scene, lot, status);
  recordEffect(scene, 'lot-status', { lot: lot.extcode, status });
}

/** Sets a price in cents. */
export function changePrice(scene: Scene, lot: Lot, priceCents: number): void {
  lot.priceCents = priceCents;
  scene.account.touch([lot], scene.world.clock.now());
  recordEffect(scene, 'lot-price', { lot: lot.extcode, priceCents });
}

/** Deletes a lot and its annexes: Koban no longer lists them. What is under way on it ends. */
export function withdrawLot(scene: Scene, lot: Lot): void {
  for (const option of [...lot.options].sort((a, b) => b.rank - a.rank))
    endOption(scene, lot, option, 'option-cancelled');
  endReservation(scene, lot);
  const gone = [lot, ...scene.account.annexesOf(lot)];
  for (const one of gone) one.withdrawn = true;
  scene.account.touch(gone, scene.world.clock.now());
  recordEffect(scene, 'lot-withdrawn', { lot: lot.extcode });
}

/** Puts a deleted lot and its annexes back on the list. */
export function restoreLot(scene: Scene, lot: Lot): void {
  const back = [lot, ...scene.account.annexesOf(lot)];
  for (const one of back) one.withdrawn = false;
  scene.account.touch(back, scene.world.clock.now());
  recordEffect(scene, 'lot-restored', { lot: lot.extcode });
}
