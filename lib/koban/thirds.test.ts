import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { clientOf, json, kobanServer } from './testing';
import { getThirdByExtcode, getThirdByKey, postCgp, postProspect, searchThirds } from './thirds';

let server: Awaited<ReturnType<typeof kobanServer>>;
beforeAll(async () => {
  server = await kobanServer(json({}));
});
afterAll(() => server.close());
beforeEach(() => {
  server.received.length = 0;
});

const client = () => clientOf(server.baseUrl, { limits: { tries: 1 } });
const sent = () => ({
  url: server.received.at(-1)?.url,
  body: JSON.parse(server.received.at(-1)?.body || 'null'),
});

describe('posting', () => {
  it('sends a prospect with its profile under our code', async () => {
    server.answer(json({ Success: true, Result: ['g1'], Errors: null }, 201));
    const outcome = await postProspect(client(), {
      extcode: 'P1',
      name: 'Durand',
      firstName: 'Léa',
      email: 'lea@exemple.fr',
      mobile: '+33612345678',
      address: { city: 'Lyon' },
      programmeCodes: ['VALM'],
      typologies: ['T3'],
      rooms: ['3'],
      budgetCents: 35_000_000,
      marketingSource: 'Salon',
      comments: 'Rappeler',
    });
    expect(outcome).toMatchObject({ kind: 'done', value: { guid: 'g1' } });
    expect(sent().url).toBe('/api/v1/ncThird/PostOne?uniqueproperty=Extcode');
    expect(sent().body).toMatchObject({
      Extcode: 'P1',
      Label: 'Durand',
      FirstName: 'Léa',
      EMail: 'lea@exemple.fr',
      Cell: '+33612345678',
      Address: { City: 'Lyon' },
      Origin: { Code: 'CGP' },
      UTMSource: 'Salon',
      Comments: expect.stringMatching(/^Rappeler\nBudget : 350.000.€$/),
      Tags: [
        { TagCategory: 'PROGRAMME', Label: 'VALM' },
        { TagCategory: 'TPLOG', Label: 'T3' },
        { TagCategory: 'NBPIECES', Label: '3' },
      ],
    });
  });

  it('names a source in words that the promoter reads, and one of its own as it is', async () => {
    server.answer(json({ Success: true, Result: ['g1'] }));
    await postProspect(client(), {
      ...{ extcode: 'P1', name: 'Durand', programmeCodes: [] },
      ...{ gender: 'MME', marketingSource: 'network' },
    });
    expect(sent().body).toMatchObject({ UTMSource: 'Recommandation', Gender: 'MME' });
  });

  it('sends a CGP with its status, and nothing that was not given', async () => {
    server.answer(json({ Success: true, Result: 'g1' }));
    await postCgp(client(), { extcode: 'C1', name: 'Ormeau Patrimoine' });
    expect(sent().body).toEqual({ Extcode: 'C1', Label: 'Ormeau Patrimoine', Status: { Code: 'CGP' } });
  });

  it('does not take a success without a guid for one', async () => {
    for (const Result of [null, [], '', {}]) {
      server.answer(json({ Success: true, Result }));
      expect(await postCgp(client(), { extcode: 'C1', name: 'X' })).toMatchObject({
        kind: 'unknown',
        detail: 'Result',
      });
    }
  });
});

describe('looking up', () => {
  const third = {
    Guid: 'g1',
    Extcode: 'P1',
    Label: 'Durand',
    EMail: 'Lea@Exemple.fr',
    Status: 'CGP',
    Address: { City: 'Lyon' },
  };

  it('accepts only the third that was asked for', async () => {
    server.answer(json(third));
    expect(await getThirdByExtcode(client(), 'P1')).toMatchObject({
      kind: 'done',
      value: { guid: 'g1', email: 'Lea@Exemple.fr', statusCode: 'CGP', city: 'Lyon' },
    });
    expect(await getThirdByExtcode(client(), 'P2')).toMatchObject({ kind: 'malformed', reason: 'mismatch' });
    expect(await getThirdByKey(client(), { property: 'Email', value: ' lea@exemple.FR' })).toMatchObject({
      kind: 'done',
    });
    const other = await getThirdByKey(client(), { property: 'Email', value: 'autre@exemple.fr' });
    expect(other).toMatchObject({ kind: 'malformed', reason: 'mismatch' });
  });

  it('accepts a code that is not repeated, but no e-mail that is not, and no third without a guid', async () => {
    server.answer(json({ ...third, EMail: null, Extcode: null }));
    expect(await getThirdByExtcode(client(), 'P1')).toMatchObject({ kind: 'done' });
    expect(await getThirdByKey(client(), { property: 'Extcode', value: 'P1' })).toMatchObject({
      kind: 'done',
    });
    const unproven = await getThirdByKey(client(), { property: 'Email', value: 'lea@exemple.fr' });
    expect(unproven).toMatchObject({ kind: 'malformed', reason: 'mismatch' });
    server.answer(json({ ...third, Guid: null }));
    expect(await getThirdByExtcode(client(), 'P1')).toMatchObject({
      kind: 'malformed',
      detail: 'Guid: custom',
    });
  });

  it('searches', async () => {
    server.answer(json({ Length: 40, List: [{ Guid: 'g1', Label: 'Durand' }, { Label: 'no guid' }, null] }));
    expect(await searchThirds(client(), { search: 'Dur', start: 20 })).toMatchObject({
      kind: 'done',
      value: { total: 40, count: 3, thirds: [{ guid: 'g1', name: 'Durand' }] },
    });
    expect(sent().url).toBe('/api/v1/ncThird/GetByLabel?search=Dur&s=20&l=20');
  });
});
