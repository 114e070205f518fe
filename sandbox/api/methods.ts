import { writeLots } from '../core/lots';
import { cancelOption, lotStatus, placeOption, prolongOption } from '../core/options';
import { field, numberOf, textOf } from '../core/reading';
import { placePreresv, placeValidPreresv, withdrawPreresv } from '../core/reservations';
import { checkDenonciation, createDenonciation, findThird, thirdOnWire, writeThird } from '../core/thirds';
import { lotOnWire, programmeOnWire } from '../core/wire';
import type { Scene } from '../core/world';

/** A JSON answer, already written: pages of lots are joined, not rebuilt. */
export type Answer = { status: number; json: string };
export type Input = { query: URLSearchParams; body: unknown };
export type Method = { verb: 'GET' | 'POST'; run: (scene: Scene, input: Input) => Answer };

function ok(value: unknown, status = 200): Answer {
  return { status, json: JSON.stringify(value) };
}

const PAGE = 20;
const LONGEST_PAGE = 1000;

function pageBounds(query: URLSearchParams): [number, number] {
  const start = Math.max(0, Math.trunc(Number(query.get('s') ?? 0)) || 0);
  const length = Math.trunc(Number(query.get('l') ?? PAGE)) || PAGE;
  return [start, Math.min(LONGEST_PAGE, Math.max(1, length))];
}

/** GetUpdated (DOC): lots changed at or after `updated` seconds, oldest change first unless the account lists otherwise. */
function updatedLots({ account }: Scene, { query }: Input, programme: string | null): Answer {
  const since = (Number(query.get('updated') ?? 0) || 0) * 1000;
  const byChange = account.lotsByChange();
  const first = firstNotBefore(byChange, since);
  const lots =
    programme === null && first === 0
      ? byChange
      : byChange.slice(first).filter((lot) => programme === null || lot.programme === programme);
  const [start, length] = pageBounds(query);
  const page =
    account.policy.listOrder === 'newest-first'
      ? lots.slice(Math.max(0, lots.length - start - length), Math.max(0, lots.length - start)).reverse()
      : lots.slice(start, start + length);
  const list = page.map((lot) => account.jsonOf(lot, (one) => lotOnWire(account, one)));
  return { status: 200, json: `{"Length":${lots.length},"List":[${list.join(',')}]}` };
}

function firstNotBefore(lots: readonly { updatedAt: number }[], since: number): number {
  let low = 0;
  let high = lots.length;
  while (low < high) {
    const middle = (low + high) >> 1;
    if ((lots[middle]?.updatedAt ?? 0) < since) low = middle + 1;
    else high = middle;
  }
  return low;
}

function listPage(query: URLSearchParams, list: unknown[]): Answer {
  const [start, length] = pageBounds(query);
  return ok({ Length: list.length, List: list.slice(start, start + length) });
}

function oneThird({ account }: Scene, property: string, value: string | null): Answer {
  const third = findThird(account, property, value);
  if (third) return ok(thirdOnWire(third));
  return account.policy.missingThird === '404' ? ok({ Message: 'Not found' }, 404) : ok(null);
}

function publicAnswer({
  success,
  errorcode,
  message,
}: {
  success: boolean;
  errorcode?: string;
  message?: string;
}): Answer {
  return ok(success ? { success } : { success, ...(errorcode === undefined ? {} : { errorcode }), message });
}

const dealExtcode = (body: unknown): string => textOf(field(body, 'Deal', 'Extcode')) ?? '';
const partGuid = (body: unknown): string | null => textOf(field(body, 'Part', 'Guid'));

function preresvRequest(body: unknown, thirdGuid: string) {
  const file = typeof body === 'object' && body !== null ? { ...body } : {};
  return { extcode: dealExtcode(body), thirdGuid, partGuid: partGuid(body), file };
}

/** Every method of the wire document's table, by the path after `/api/v1/`. */
export const methods: Record<string, Method> = {
  'ncDealProcess/GetAll': {
    verb: 'GET',
    run: ({ account }, { query }) => {
      const list = [...account.programmes.values()].map(programmeOnWire);
      // A bare array says that it is all there is (ASSUMED): only a list that counts comes in pages.
      return account.policy.programmesAs === 'array' ? ok(list) : listPage(query, list);
    },
  },
  'ncDeal/GetUpdated': { verb: 'GET', run: (scene, input) => updatedLots(scene, input, null) },
  'ncDeal/GetUpdatedProcess': {
    verb: 'GET',
    run: (scene, input) => updatedLots(scene, input, input.query.get('processcode') ?? ''),
  },
  'ncDeal/PostMany': {
    verb: 'POST',
    run: (scene, { query, body }) => ok(writeLots(scene, query.get('uniqueproperty') ?? 'Guid', body)),
  },
  'ncDenonc/CheckDenonc': {
    verb: 'POST',
    run: ({ account }, { body }) => ok(checkDenonciation(account, body)),
  },
  'ncDenonc/Create': { verb: 'POST', run: (scene, { body }) => ok(createDenonciation(scene, body)) },
  'ncThird/PostOne': {
    verb: 'POST',
    run: (scene, { query, body }) => {
      const { created, answer } = writeThird(scene, query.get('uniqueproperty') ?? 'Guid', body);
      return ok(answer, created ? 201 : 200);
    },
  },
  'ncThird/GetOneByExtcode': {
    verb: 'GET',
    run: (scene, { query }) => oneThird(scene, 'Extcode', textOf(query.get('extcode'))),
  },
  'ncThird/GetOneByKey': {
    verb: 'GET',
    run: (scene, { query }) =>
      oneThird(scene, query.get('uniqueproperty') ?? 'Guid', textOf(query.get('value'))),
  },
  'ncThird/GetByLabel': {
    verb: 'GET',
    run: ({ account }, { query }) => {
      const words = (query.get('search') ?? '').toLowerCase();
      const found = [...account.thirds.values()].filter(({ wire }) =>
        `${textOf(wire.Label) ?? ''} ${textOf(wire.FirstName) ?? ''}`.toLowerCase().includes(words),
      );
      return listPage(query, found.map(thirdOnWire));
    },
  },
  'ncOption/GetLotStatus': {
    verb: 'GET',
    run: ({ account }, { query }) => ok(lotStatus(account, query.get('extcode') ?? '')),
  },
  'ncOption/Add': {
    verb: 'POST',
    run: (scene, { body }) => {
      const seconds = numberOf(field(body, 'DateOption'));
      return publicAnswer(
        placeOption(scene, {
          extcode: dealExtcode(body),
          thirdGuid: textOf(field(body, 'Third', 'Guid')) ?? '',
          rank: numberOf(field(body, 'Rank')) ?? 0,
          placedAt: seconds === null ? scene.world.clock.now() : seconds * 1000,
          partGuid: partGuid(body),
        }),
      );
    },
  },
  'ncOption/Prolong': {
    verb: 'POST',
    run: (scene, { body }) => {
      const until = (numberOf(field(body, 'DateProlongation')) ?? 0) * 1000;
      return publicAnswer(prolongOption(scene, dealExtcode(body), numberOf(field(body, 'Rank')) ?? 0, until));
    },
  },
  'ncOption/Undo': {
    verb: 'POST',
    run: (scene, { body }) =>
      publicAnswer(cancelOption(scene, dealExtcode(body), numberOf(field(body, 'Rank')) ?? 0)),
  },
  'ncPreresv/Add': {
    verb: 'POST',
    run: (scene, { body }) =>
      publicAnswer(placePreresv(scene, preresvRequest(body, textOf(field(body, 'Third', 'Guid')) ?? ''))),
  },
  'ncPreresv/AddValid': {
    verb: 'POST',
    run: (scene, { body }) =>
      publicAnswer(placeValidPreresv(scene, preresvRequest(body, textOf(field(body, 'ThirdId')) ?? ''))),
  },
  'ncPreresv/Desist': {
    verb: 'POST',
    run: (scene, { body }) =>
      publicAnswer(withdrawPreresv(scene, dealExtcode(body), textOf(field(body, 'Third', 'Guid')) ?? '')),
  },
};
