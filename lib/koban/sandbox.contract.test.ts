import { beforeEach, describe, expect, it } from 'vitest';
import { randomToken } from '@/lib/core/ids';
import { createSandbox, type Sandbox } from '@/sandbox/app';
import { createKobanClient, type KobanClient } from './client';
import { checkDenonciation, createDenonciation } from './denonciations';
import { getUpdatedLots, getUpdatedProgrammeLots, type KobanLot, type LotPage, postLots } from './lots';
import { addOption, getLotStatus, prolongOption, undoOption } from './options';
import type { Outcome } from './outcome';
import { addPreresv, addValidPreresv, desistPreresv } from './preresv';
import { getProgrammes } from './programmes';
import { getThirdByExtcode, getThirdByKey, postCgp, postProspect, searchThirds } from './thirds';

// Every call against the sandbox, which was written from Koban's documents by another hand and shares no code with this
// folder. Its two accounts differ in what no public text settles: bare array or pages, 404 or null, ISO or UNIX, ...

function done<T>(outcome: Outcome<T>): T {
  if (outcome.kind !== 'done') throw new Error(`Expected done, got ${JSON.stringify(outcome)}`);
  return outcome.value;
}

describe.each(['valmont', 'littoral'])('the sandbox account %s', (slug) => {
  const now = new Date('2026-11-24T09:10:00Z');
  let sandbox: Sandbox;
  let client: KobanClient;

  beforeEach(() => {
    const keys = { api: randomToken(8), user: randomToken(8) };
    sandbox = createSandbox({
      now,
      keys: { [slug]: keys },
      webhookFetch: async () => Response.json({ success: true }),
    });
    const limits = { totalMs: 300, backoffBaseMs: 1 };
    const baseUrl = 'http://koban.test/api/v1';
    client = createKobanClient({
      baseUrl,
      apiKey: keys.api,
      userKey: keys.user,
      fetch: sandbox.fetch,
      limits,
    });
  });

  const effects = (kind: string) => sandbox.state.ledger.effects({}).filter((effect) => effect.kind === kind);

  async function allLots(length = 100): Promise<LotPage> {
    const all: LotPage = { lots: [], rejected: [], count: 0, total: null };
    for (;;) {
      const page = done(await getUpdatedLots(client, { since: null, start: all.count, length }));
      all.lots.push(...page.lots);
      all.rejected.push(...page.rejected);
      all.count += page.count;
      all.total = page.total;
      if (page.count === 0 || all.count >= (page.total ?? 0)) return all;
    }
  }

  async function freeLots(): Promise<(KobanLot & { extcode: string; programmeCode: string })[]> {
    const { lots } = await allLots(1000);
    return lots.flatMap((lot) => {
      const { extcode, programmeCode, secondary, statusCode } = lot;
      const free = extcode !== null && programmeCode !== null && !secondary && statusCode === 'LIBRE';
      return free ? [{ ...lot, extcode, programmeCode }] : [];
    });
  }

  async function prospect(extcode: string, programmeCode: string): Promise<string> {
    const coordinates = {
      extcode,
      name: `Essai ${extcode}`,
      email: `${extcode}@essai.exemple`,
      programmeCodes: [programmeCode],
    };
    return done(await postProspect(client, coordinates)).guid;
  }

  it('gives its whole stock, page by page, with nothing rejected', async () => {
    const programmes = done(await getProgrammes(client));
    expect(programmes.rejected).toEqual([]);
    const codes = programmes.programmes.map((programme) => programme.code);
    const stock = await allLots(37);
    expect(stock.rejected).toEqual([]);
    expect(stock.lots).toHaveLength(stock.total ?? -1);
    expect(new Set(stock.lots.map((lot) => lot.guid)).size).toBe(stock.lots.length);
    for (const lot of stock.lots) {
      expect(codes).toContain(lot.programmeCode);
      expect(lot.extcode).not.toBeNull();
      expect(lot.updatedAt?.getTime()).toBeLessThanOrEqual(now.getTime());
    }
    const principals = new Set(stock.lots.filter((lot) => !lot.secondary).map((lot) => lot.guid));
    const annexes = stock.lots.filter((lot) => lot.secondary);
    expect(annexes.length).toBeGreaterThan(0);
    for (const annex of annexes) expect(principals).toContain(annex.principalGuid);
    const flats = stock.lots.filter((lot) => !lot.secondary && lot.priceCents !== null && lot.floor !== null);
    expect(flats.length).toBeGreaterThan(20);

    const [first] = stock.lots;
    const programmeCode = first?.programmeCode ?? '';
    const one = done(
      await getUpdatedProgrammeLots(client, { since: null, start: 0, length: 1000, programmeCode }),
    );
    expect(one.lots).toEqual(
      expect.arrayContaining(stock.lots.filter((lot) => lot.programmeCode === programmeCode)),
    );
    expect(one.total).toBe(stock.lots.filter((lot) => lot.programmeCode === programmeCode).length);
  });

  it('creates and updates lots by code, annexes behind their principal', async () => {
    const programmeCode = done(await getProgrammes(client)).programmes[0]?.code ?? '';
    const lots = [
      {
        extcode: 'T-1',
        programmeCode,
        label: 'Test',
        statusCode: 'LIBRE',
        priceCents: 19_990_050,
        rooms: '3',
        floor: 'R+2',
      },
      { extcode: 'T-P', programmeCode, label: 'Parking', statusCode: 'LIBRE', principalExtcode: 'T-1' },
    ];
    const { guids } = done(await postLots(client, lots));
    expect(guids).toHaveLength(2);
    expect(done(await postLots(client, lots)).guids).toEqual(guids);
    const { lots: stock } = await allLots(1000);
    expect(stock.find((lot) => lot.extcode === 'T-1')).toMatchObject({
      guid: guids[0],
      priceCents: 19_990_050,
      rooms: 3,
      floor: 2,
    });
    expect(stock.find((lot) => lot.extcode === 'T-P')).toMatchObject({
      secondary: true,
      principalGuid: guids[0],
    });
  });

  it('takes a dénonciation once, and then says so', async () => {
    const [lot] = await freeLots();
    const programmeCode = lot?.programmeCode ?? '';
    const who = {
      name: 'Essai',
      firstName: 'Léa',
      email: 'lea@essai.exemple',
      phone: '+33698765012',
      programmeCode,
    };
    expect(done(await checkDenonciation(client, who))).toEqual({ verdict: 'new', thirdGuid: null });
    expect(done(await getThirdByExtcode(client, 'P-LEA'))).toBeNull();
    expect(done(await getThirdByKey(client, { property: 'Email', value: who.email }))).toBeNull();

    const cgp = done(await postCgp(client, { extcode: 'CGP-1', name: 'Ormeau Essai' })).guid;
    const coordinates = {
      ...who,
      extcode: 'P-LEA',
      programmeCodes: [programmeCode],
      typologies: ['Appartement'],
      rooms: ['3'],
    };
    const { guid } = done(await postProspect(client, { ...coordinates, budgetCents: 30_000_000 }));
    expect(done(await postProspect(client, coordinates)).guid).toBe(guid);
    expect(done(await getThirdByExtcode(client, 'P-LEA'))).toMatchObject({
      guid,
      name: 'Essai',
      originCode: 'CGP',
    });
    expect(done(await getThirdByKey(client, { property: 'Email', value: who.email }))?.guid).toBe(guid);
    expect(done(await getThirdByKey(client, { property: 'Extcode', value: 'CGP-1' }))).toMatchObject({
      guid: cgp,
      statusCode: 'CGP',
    });
    expect(done(await searchThirds(client, { search: 'Ormeau Essai' })).thirds).toMatchObject([
      { guid: cgp },
    ]);

    expect(done(await checkDenonciation(client, who))).toMatchObject({ verdict: 'exists' });
    done(await createDenonciation(client, { ...who, byGuid: cgp }));
    expect(done(await checkDenonciation(client, who))).toMatchObject({ verdict: 'denounced' });
    const again = await createDenonciation(client, { ...who, byGuid: cgp });
    expect(again).toMatchObject({ kind: 'refused', code: 'other', message: expect.any(String) });
    expect(effects('denonciation-created')).toHaveLength(1);
  });

  it('grants rank 1, then 2, then nothing; prolongs once; cancels', async () => {
    const [lot] = await freeLots();
    if (!lot) throw new Error('no free lot');
    const guids = [];
    for (const extcode of ['P-1', 'P-2', 'P-3']) guids.push(await prospect(extcode, lot.programmeCode));
    const [first = '', second = '', third = ''] = guids;
    const pose = (thirdGuid: string, rank: 1 | 2) =>
      addOption(client, { thirdGuid, lotExtcode: lot.extcode, placedAt: now, rank });

    expect(done(await getLotStatus(client, lot.extcode)).grant).toEqual({ rank: 1 });
    done(await pose(first, 1));
    const { grant } = done(await getLotStatus(client, lot.extcode));
    expect(grant).toMatchObject({ rank: 2, rank1EndsAt: expect.any(Date) });
    const endsAt = grant.rank === 2 ? grant.rank1EndsAt : null;
    expect(endsAt?.getTime()).toBeGreaterThan(now.getTime());
    done(await pose(second, 2));
    expect(done(await getLotStatus(client, lot.extcode)).grant).toEqual({ rank: null, why: 'full' });
    expect(await pose(third, 1)).toMatchObject({
      kind: 'refused',
      code: 'two-options-already',
      unlisted: false,
    });

    const until = new Date(now.getTime() + 96 * 3_600_000);
    const prolonged = { lotExtcode: lot.extcode, rank: 1, until } as const;
    done(await prolongOption(client, prolonged));
    expect(await prolongOption(client, prolonged)).toMatchObject({
      kind: 'refused',
      code: 'already-prolonged',
    });
    done(await undoOption(client, { lotExtcode: lot.extcode, rank: 2 }));
    expect(await undoOption(client, { lotExtcode: lot.extcode, rank: 2 })).toMatchObject({
      kind: 'refused',
      code: 'option-not-found',
    });
    const status = done(await getLotStatus(client, lot.extcode));
    expect(status).toMatchObject({ result: 1, maxRank: 1, grant: { rank: 2, rank1EndsAt: until } });
    expect(done(await getLotStatus(client, 'no such lot')).grant).toEqual({
      rank: null,
      why: 'unknown-lot',
    });
  });

  it('refuses a fourth option to one prospect', async () => {
    const lots = (await freeLots()).slice(0, 4);
    const thirdGuid = await prospect('P-4', lots[0]?.programmeCode ?? '');
    const outcomes = [];
    for (const { extcode } of lots) {
      outcomes.push(await addOption(client, { thirdGuid, lotExtcode: extcode, placedAt: now, rank: 1 }));
    }
    expect(outcomes.slice(0, 3).map(({ kind }) => kind)).toEqual(['done', 'done', 'done']);
    expect(outcomes[3]).toMatchObject({ kind: 'refused', code: 'prospect-has-three' });
  });

  it('takes reservations, first or complete, and withdrawals', async () => {
    const [lot, other] = await freeLots();
    if (!lot || !other) throw new Error('no free lots');
    const thirdGuid = await prospect('P-5', lot.programmeCode);
    const amounts = { priceCents: 35_250_050, guaranteeCents: 150_000 };
    const preresv = { lotExtcode: lot.extcode, thirdGuid, ...amounts };
    done(await addPreresv(client, preresv));
    expect(done(await getLotStatus(client, lot.extcode)).grant).toEqual({
      rank: null,
      why: 'prereserved',
    });
    const late = { thirdGuid, lotExtcode: lot.extcode, placedAt: now, rank: 1 } as const;
    expect(await addOption(client, late)).toMatchObject({ kind: 'refused', unlisted: false });
    done(await desistPreresv(client, preresv));
    expect(done(await getLotStatus(client, lot.extcode)).grant).toEqual({ rank: 1 });
    expect(await addPreresv(client, { ...preresv, lotExtcode: 'none' })).toMatchObject({
      code: 'unknown-lot',
    });
    expect(await addPreresv(client, { ...preresv, thirdGuid: 'none' })).toMatchObject({
      code: 'unknown-prospect',
    });
    const file = {
      lotExtcode: other.extcode,
      thirdGuid,
      ...amounts,
      preresvAt: now,
      buyer: { name: 'Essai' },
    };
    done(await addValidPreresv(client, file));
    expect(done(await getLotStatus(client, other.extcode)).grant.rank).toBeNull();
  });

  it.each(['hang-before', 'hang-after', 'reset-after', 'cut-after', 'error-after', 'garbage'] as const)(
    '%s leaves an option unknown, sent once',
    async (mode) => {
      const [lot] = await freeLots();
      const thirdGuid = await prospect('P-6', lot?.programmeCode ?? '');
      sandbox.state.faults.add({ method: 'ncOption/Add', mode });
      const option = { thirdGuid, lotExtcode: lot?.extcode ?? '', placedAt: now, rank: 1 } as const;
      expect(await addOption(client, option)).toMatchObject({ kind: 'unknown' });
      expect(sandbox.state.ledger.calls({ method: 'ncOption/Add' })).toHaveLength(1);
    },
  );

  it('refuses other keys', async () => {
    const stranger = createKobanClient({
      baseUrl: 'http://koban.test/api/v1',
      apiKey: 'x',
      userKey: 'y',
      fetch: sandbox.fetch,
    });
    expect(await getProgrammes(stranger)).toMatchObject({
      kind: 'unknown',
      reason: 'unauthorised',
      status: 401,
    });
  });
});
