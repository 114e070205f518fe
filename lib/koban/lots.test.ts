import fc from 'fast-check';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import {
  getUpdatedLots,
  getUpdatedProgrammeLots,
  parseLotPage,
  postLots,
  readFloor,
  readRooms,
} from './lots';
import { clientOf, json, kobanServer } from './testing';

const full = {
  Guid: '5e8b0001',
  Extcode: 4012,
  Label: ' A12 ',
  Description: null,
  Status: { Code: 'LIBRE', Label: 'Libre' },
  Process: { Code: 'VALM', Label: 'Le Valmont', Guid: '5e8b00aa' },
  Result: null,
  Amountprev: 352500.5,
  Tags: [
    { TagCategory: 'Nombre de pièces', TagCategoryCode: 'NBPIECES', Label: '3 pièces', ExternalCode: 'T3' },
    { TagCategory: 'TPLOG', Label: 'Appartement', ExternalCode: null },
    { TagCategory: 'ETAGE', Label: 'R+2' },
    null,
  ],
  MoreFields: [
    { FieldId: 'f1', Value: true },
    { FieldId: 'f2', Value: '31/12/2027' },
    { FieldId: 3, Value: 62.4 },
    { FieldId: 'f4', Value: null },
    { FieldId: '__proto__', Value: 'x' },
    'noise',
  ],
  Type: null,
  Link: null,
  DUpdated: 1616435178.538,
  Updated: '2021-03-22T10:00:00',
  Novelty: { any: ['thing'] },
};

const read = (answer: unknown) => {
  const parsed = parseLotPage(answer);
  if (parsed.kind !== 'done') throw new Error(parsed.detail);
  return parsed.value;
};

describe('parseLotPage', () => {
  it('reads a lot in our own words', () => {
    const { lots, total, count } = read({ Length: 7, List: [full] });
    expect({ total, count }).toEqual({ total: 7, count: 1 });
    expect(lots[0]).toMatchObject({
      guid: '5e8b0001',
      extcode: '4012',
      label: 'A12',
      description: null,
      statusCode: 'LIBRE',
      statusLabel: 'Libre',
      programmeCode: 'VALM',
      priceCents: 35_250_050,
      typology: 'Appartement',
      rooms: 3,
      roomsLabel: '3 pièces',
      floor: 2,
      floorLabel: 'R+2',
      secondary: false,
      principalGuid: null,
      updatedAt: new Date('2021-03-22T17:46:18.538Z'),
    });
    expect(Object.entries(lots[0]?.fields ?? {})).toEqual(
      expect.arrayContaining([
        ['f1', true],
        ['f2', '31/12/2027'],
        ['3', 62.4],
      ]),
    );
    expect(({} as Record<string, unknown>).x).toBeUndefined();
  });

  it('accepts a plain status, an annex in any case, and a lot of which almost nothing is known', () => {
    const { lots } = read([
      { Extcode: 'P1', Status: 'COMPROMIS', Process: 'VALM', Type: 'SECONDARY', Link: '5e8b0001' },
      { Guid: 'g' },
      {
        Extcode: 'X',
        Type: 'Principal',
        Link: 'stray',
        Amountprev: 'sur demande',
        Tags: {},
        MoreFields: 3,
        Status: [],
      },
    ]);
    expect(lots[0]).toMatchObject({
      statusCode: 'COMPROMIS',
      programmeCode: 'VALM',
      secondary: true,
      principalGuid: '5e8b0001',
    });
    expect(lots[1]).toMatchObject({
      guid: 'g',
      extcode: null,
      statusCode: null,
      priceCents: null,
      rooms: null,
      fields: {},
    });
    expect(lots[2]).toMatchObject({
      secondary: false,
      principalGuid: null,
      priceCents: null,
      statusCode: null,
    });
  });

  it('rejects what has no identity without losing its neighbours', () => {
    const page = read({ Length: '5', List: [full, { Label: 'lost' }, null, 'x', { Extcode: 'B' }] });
    expect(page.lots.map((lot) => lot.extcode)).toEqual(['4012', 'B']);
    expect(page.rejected).toEqual([
      { index: 1, reason: 'no-identity' },
      { index: 2, reason: 'not-an-object' },
      { index: 3, reason: 'not-an-object' },
    ]);
    expect(page).toMatchObject({ count: 5, total: 5 });
  });

  it('is malformed without a list', () => {
    const broken = [{}, { Length: 3 }, { Length: 3, List: null }, { List: null }, { Length: '' }];
    for (const answer of [null, ...broken, { Length: 0, List: {} }, 'x', 3]) {
      expect(parseLotPage(answer)).toMatchObject({ kind: 'malformed' });
    }
  });

  it('reads a count of 0 without a list as an empty list', () => {
    for (const answer of [{ Length: 0, List: null }, { Length: 0 }, { Length: '0', List: null }]) {
      expect(read(answer)).toEqual({ lots: [], rejected: [], count: 0, total: 0 });
    }
  });

  it('drops what no database text can hold', () => {
    expect(read([{ Extcode: 'A', Label: 'a\u0000b\ud800' }]).lots[0]?.label).toBe('ab\ufffd');
  });

  it('accounts for every item, whatever its properties hold', () => {
    const wild = fc.oneof(
      fc.record(
        Object.fromEntries(
          Object.keys(full).map((key) => [
            key,
            fc.oneof(fc.anything(), fc.constant(full[key as keyof typeof full])),
          ]),
        ),
        { requiredKeys: [] },
      ),
      fc.anything(),
    );
    fc.assert(
      fc.property(fc.array(wild), fc.anything(), (List, Length) => {
        const page = read({ Length, List });
        expect(page.lots.length + page.rejected.length).toBe(List.length);
        for (const lot of page.lots)
          expect(lot.priceCents === null || Number.isSafeInteger(lot.priceCents)).toBe(true);
      }),
      { numRuns: 1000 },
    );
  });
});

describe('labels', () => {
  it.each([
    ['3', 3],
    ['T3 bis', 3],
    ['3 pièces', 3],
    ['Studio', 1],
    ['Duplex', null],
    [null, null],
  ])('rooms %s', (label, rooms) => expect(readRooms(label)).toBe(rooms));
  it.each([
    ['RDC', 0],
    ['Rez-de-chaussée', 0],
    ['Rez de jardin', 0],
    ['0', 0],
    ['R+2', 2],
    ['2e étage', 2],
    ['Étage 11', 11],
    ['12', 12],
    ['R-1', -1],
    ['-2', -2],
    ['Sous-sol', -1],
    ['2e sous-sol', -2],
    ['Attique', null],
    [null, null],
  ])('floor %s', (label, floor) => expect(readFloor(label)).toBe(floor));
});

describe('calls', () => {
  let server: Awaited<ReturnType<typeof kobanServer>>;
  beforeAll(async () => {
    server = await kobanServer(json({ Length: 0, List: [] }));
  });
  afterAll(() => server.close());
  const last = () => server.received.at(-1);

  it('asks for pages as Koban wants them', async () => {
    const client = clientOf(server.baseUrl);
    await getUpdatedLots(client, { since: new Date('2021-03-22T17:46:18.538Z'), start: 40, length: 20 });
    expect(last()).toMatchObject({
      method: 'GET',
      url: '/api/v1/ncDeal/GetUpdated?updated=1616435178&s=40&l=20',
    });
    await getUpdatedProgrammeLots(client, { since: null, start: 0, length: 100, programmeCode: 'V&M' });
    expect(last()?.url).toBe('/api/v1/ncDeal/GetUpdatedProcess?updated=0&s=0&l=100&processcode=V%26M');
  });

  it('posts principals and annexes, and nothing that was not given', async () => {
    server.answer(json({ Success: true, Result: ['g1', 'g2'], Errors: null }));
    const outcome = await postLots(clientOf(server.baseUrl), [
      {
        extcode: 'A1',
        programmeCode: 'V',
        statusCode: 'LIBRE',
        priceCents: 35_250_050,
        rooms: '3',
        fields: { f1: true },
      },
      { extcode: 'P1', programmeCode: 'V', principalExtcode: 'A1' },
    ]);
    expect(outcome).toMatchObject({ kind: 'done', value: { guids: ['g1', 'g2'], errors: [] } });
    expect(last()?.url).toBe('/api/v1/ncDeal/PostMany?uniqueproperty=Extcode&thirduniqueproperty=Extcode');
    expect(JSON.parse(last()?.body ?? '')).toEqual([
      {
        Extcode: 'A1',
        Process: { Code: 'V' },
        Status: { Code: 'LIBRE' },
        Amountprev: 352500.5,
        Tags: [{ TagCategory: 'NBPIECES', TagCategoryCode: 'NBPIECES', Label: '3' }],
        MoreFields: [{ FieldId: 'f1', Value: true }],
      },
      { Extcode: 'P1', Process: { Code: 'V' }, Type: 'Secondary', Link: 'A1' },
    ]);
  });

  it('refuses at once what Koban would misplace', () => {
    const client = clientOf(server.baseUrl);
    const lot = { extcode: 'A', programmeCode: 'V' };
    expect(() =>
      postLots(
        client,
        Array.from({ length: 101 }, () => lot),
      ),
    ).toThrow(RangeError);
    expect(() => postLots(client, [{ ...lot, extcode: 'P', principalExtcode: 'A' }, lot])).toThrow(
      RangeError,
    );
  });
});
