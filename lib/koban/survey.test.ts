import { describe, expect, it } from 'vitest';
import { randomToken } from '@/lib/core/ids';
import { createSandbox } from '@/sandbox/app';
import * as allAssumptions from './assumptions';
import { createKobanClient } from './client';
import { surveyKoban } from './survey';
import { surveyLots } from './survey-lots';
import { clientOf, json, kobanServer } from './testing';

describe.each(['valmont', 'littoral'])('the sandbox account %s', (slug) => {
  const keys = { api: randomToken(8), user: randomToken(8) };
  const sandbox = createSandbox({ keys: { [slug]: keys } });
  const baseUrl = 'http://koban.test/api/v1';
  const client = createKobanClient({ baseUrl, apiKey: keys.api, userKey: keys.user, fetch: sandbox.fetch });

  it('is asked everything without changing anything, and denies no assumption', async () => {
    const survey = await surveyKoban(client);
    expect(sandbox.state.ledger.effects({})).toEqual([]);
    expect(survey.stopped).toBeNull();
    expect(survey.assumptions.filter(({ verdict }) => verdict === 'denied')).toEqual([]);
    const confirmed = survey.assumptions
      .filter(({ verdict }) => verdict === 'confirmed')
      .map(({ name }) => name);
    expect(confirmed).toEqual(
      expect.arrayContaining([
        'PROGRAMMES_PAGE',
        'PROGRAMME_CODE_KEYS',
        'STATUS_CODE_KEY',
        'instantFromWallClock',
        'PLAUSIBLE_YEARS',
      ]),
    );
    expect(survey.lots?.undocumentedStatuses).toEqual(['PARTENAIRE']);
    expect(survey.lots?.fields.size).toBeGreaterThan(5);
    const mismatches = survey.calls
      .flatMap(({ remarks }) => remarks)
      .filter((remark) => remark.includes('does not match'));
    expect(mismatches).toEqual([]);
  });
});

describe('another Koban', () => {
  it('is not asked further when it cannot be reached or refuses the keys', async () => {
    expect(await surveyKoban(clientOf('http://127.0.0.1:4119/api/v1'))).toMatchObject({
      stopped: 'unreachable',
    });
    const server = await kobanServer(json({}, 403));
    expect(await surveyKoban(clientOf(server.baseUrl))).toMatchObject({
      stopped: 'unauthorised',
      assumptions: [],
    });
    expect(server.received).toHaveLength(1);
    await server.close();
  });

  it('whose dates lie in no year of ours denies that they do', async () => {
    const server = await kobanServer(json([{ Guid: 'g', Extcode: 'A', DUpdated: 4_500_000_000, DPrev: 0 }]));
    const { assumptions } = await surveyKoban(clientOf(server.baseUrl));
    expect(assumptions.find(({ name }) => name === 'PLAUSIBLE_YEARS')).toEqual({
      name: 'PLAUSIBLE_YEARS',
      verdict: 'denied',
      why: '1 of 1 dates lie outside 2000 to 2099',
    });
    await server.close();
  });

  it('names every assumption, whatever it can say of it', async () => {
    const server = await kobanServer(json([{ Guid: 'g', Extcode: 'A' }]));
    const { assumptions } = await surveyKoban(clientOf(server.baseUrl));
    expect(assumptions.map(({ name }) => name).sort()).toEqual(Object.keys(allAssumptions).sort());
    await server.close();
  });

  it('that answers in shapes of its own is reported, call by call', async () => {
    const server = await kobanServer(json({ Items: [] }));
    const survey = await surveyKoban(clientOf(server.baseUrl));
    const remarks = (method: string) => survey.calls.find((call) => call.method === method)?.remarks;
    expect(remarks('ncDealProcess/GetAll')).toEqual([expect.stringContaining('does not match WIRE')]);
    expect(remarks('ncDeal/GetUpdated')).toEqual([expect.stringContaining('does not match WIRE')]);
    expect(survey.calls.find((call) => call.method === 'ncOption/GetLotStatus')?.answered).toContain(
      'malformed',
    );
    await server.close();
  });
});

describe('surveyLots', () => {
  it('tells a wall clock that is not Parisian', () => {
    const lot = { DUpdated: 1616435178, Updated: '2021-03-22T17:46:18' };
    expect(surveyLots([lot, { ...lot, Updated: '2021-03-22T18:46:18' }]).wallClock).toEqual({
      same: 1,
      hoursApart: [-1],
    });
  });

  it('takes either reading of the hour that autumn shows twice', () => {
    const firstTime = Date.UTC(2026, 9, 25, 0, 30) / 1000;
    const lots = [firstTime, firstTime + 3600].map((DUpdated) => ({
      DUpdated,
      Updated: '2026-10-25T02:30:00',
    }));
    expect(surveyLots(lots).wallClock).toEqual({ same: 2, hoursApart: [] });
  });

  it('counts what varies, and shows no value that may name a person', () => {
    const field = (Value: unknown) => ({ MoreFields: [{ FieldId: 'f', Value }] });
    const survey = surveyLots([
      { Extcode: 12, Status: 'COMPROMIS', Type: 'Secondary', Novelty: 1, ...field('Jean Petit') },
      { Extcode: 'A', Status: { Code: 'LIBRE' }, ...field('Sud') },
      { Extcode: 'B', Status: null, ...field('Sud') },
      { ...field('jean@petit.fr') },
      { ...field('jean@petit.fr') },
      { ...field(62.4) },
      'no object',
    ]);
    expect(survey).toMatchObject({
      lots: 6,
      numericExtcodes: 1,
      undocumentedStatuses: ['COMPROMIS', '(none)'],
    });
    expect(Object.fromEntries(survey.statusShapes)).toEqual({ string: 1, '{Code, Label}': 1, '(none)': 4 });
    expect(survey.unknownProperties.get('Novelty')).toBe(1);
    expect(survey.missing.get('Extcode')).toBe(3);
    expect(survey.fields.get('f')).toEqual({ lots: 6, examples: ['Sud', '62.4'] });
  });
});
