import fc from 'fast-check';
import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { addOption, getLotStatus, prolongOption, undoOption } from './options';
import { clientOf, json, kobanServer } from './testing';

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
const option = {
  thirdGuid: 't1',
  lotExtcode: 'A12',
  placedAt: new Date('2026-11-26T13:30:00.900Z'),
  rank: 1,
} as const;

describe('getLotStatus', () => {
  const grantOf = async (answer: unknown) => {
    server.answer(json(answer));
    const outcome = await getLotStatus(client(), 'A12');
    return outcome.kind === 'done' ? outcome.value.grant : outcome.kind;
  };

  it('grants a rank in exactly the two documented states', async () => {
    const granted: string[] = [];
    for (const Result of [-4, -3, -2, -1, 0, 1, 2, 3]) {
      for (const MaxRank of [0, 1, 2, 3, -1]) {
        const grant = await grantOf({ Result, MaxRank, EndDate: null });
        if (typeof grant === 'object' && grant.rank !== null)
          granted.push(`${Result},${MaxRank}→${grant.rank}`);
      }
    }
    // Beside « free » MaxRank says nothing that Koban documents.
    expect(granted).toEqual(['0,0→1', '0,1→1', '0,2→1', '0,3→1', '0,-1→1', '1,1→2']);
  });

  it('reads the documented answers', async () => {
    expect(await grantOf({ Result: 0 })).toEqual({ rank: 1 });
    expect(await grantOf({ Result: 0, MaxRank: null, EndDate: '0001-01-01T00:00:00' })).toEqual({ rank: 1 });
    expect(await grantOf({ Result: 1, MaxRank: 1, EndDate: '2026-11-26T14:30:00' })).toEqual({
      rank: 2,
      rank1EndsAt: new Date('2026-11-26T13:30:00Z'),
    });
    expect(await grantOf({ Result: '1', MaxRank: '1' })).toEqual({ rank: 2, rank1EndsAt: null });
    expect(await grantOf({ Result: 1, MaxRank: 2 })).toEqual({ rank: null, why: 'full' });
    expect(await grantOf({ Result: -3 })).toEqual({ rank: null, why: 'full' });
    expect(await grantOf({ Result: -1 })).toEqual({ rank: null, why: 'unknown-lot' });
    expect(await grantOf({ Result: -2 })).toEqual({ rank: null, why: 'prereserved' });
    expect(await grantOf({ Result: 1 })).toEqual({ rank: null, why: 'unexpected' });
  });

  it('is malformed when what decides is missing or of another kind', async () => {
    const answers = [
      {},
      { Result: null },
      { Result: true },
      { Result: 0.5 },
      { Result: '' },
      { Result: 1, MaxRank: 'x' },
      [],
      null,
    ];
    for (const answer of answers) expect(await grantOf(answer)).toBe('malformed');
  });
});

describe('options', () => {
  it('sends what Koban documents', async () => {
    server.answer(json({ success: true }));
    expect(await addOption(client(), { ...option, partGuid: 'cgp' })).toMatchObject({
      kind: 'done',
      value: null,
    });
    expect(sent()).toEqual({
      url: '/api/v1/ncOption/Add',
      body: {
        Third: { Guid: 't1' },
        Deal: { Extcode: 'A12' },
        DateOption: 1795699800,
        Rank: 1,
        Part: { Guid: 'cgp' },
      },
    });
    await addOption(client(), option);
    expect(sent().body).not.toHaveProperty('Part');
    await prolongOption(client(), { lotExtcode: 'A12', rank: 2, until: new Date('2026-11-28T13:30:00Z') });
    expect(sent()).toEqual({
      url: '/api/v1/ncOption/Prolong',
      body: { Deal: { Extcode: 'A12' }, Rank: 2, DateProlongation: 1795872600 },
    });
    await undoOption(client(), { lotExtcode: 'A12', rank: 1 });
    expect(sent()).toEqual({ url: '/api/v1/ncOption/Undo', body: { Deal: { Extcode: 'A12' }, Rank: 1 } });
  });

  it.each([
    ['01', 'prospect-has-three'],
    ['02', 'lot-not-open'],
    ['03', 'api-user-limit'],
    ['04', 'preresv-under-way'],
    ['05', 'two-options-already'],
  ])('Add %s is %s', async (errorcode, code) => {
    server.answer(json({ success: false, errorcode, message: 'Non' }));
    const refused = { kind: 'refused', code, rawCode: errorcode, message: 'Non', unlisted: false };
    expect(await addOption(client(), option)).toMatchObject(refused);
    server.answer(json({ success: false, errorcode: Number(errorcode) }));
    expect(await addOption(client(), option)).toMatchObject({ kind: 'refused', code, message: null });
  });

  it('codes mean what their own method says, and an unlisted one is kept', async () => {
    server.answer(json({ success: false, errorcode: '02' }));
    expect(await prolongOption(client(), { ...option, until: new Date() })).toMatchObject({
      code: 'already-prolonged',
    });
    expect(await undoOption(client(), option)).toMatchObject({
      code: 'other',
      rawCode: '02',
      unlisted: true,
    });
    server.answer(json({ success: false, errorcode: 'toString' }));
    expect(await undoOption(client(), option)).toMatchObject({
      kind: 'refused',
      code: 'other',
      unlisted: true,
    });
    server.answer(json({ success: false }));
    expect(await addOption(client(), option)).toMatchObject({
      kind: 'refused',
      code: 'other',
      rawCode: null,
      unlisted: true,
    });
  });

  it('only the boolean true, alone, is a success', async () => {
    const values = fc.oneof(fc.jsonValue(), fc.constantFrom('true', 1, 'True', true, false, null, []));
    const keys = fc.constantFrom('success', 'Success', 'errorcode', 'message', 'x');
    await fc.assert(
      fc.asyncProperty(fc.dictionary(keys, values), async (answer) => {
        const inMemory = clientOf('http://koban.test/api/v1', { fetch: async () => Response.json(answer) });
        const outcome = await addOption(inMemory, option);
        const flags = ['success', 'Success']
          .filter((key) => Object.hasOwn(answer, key))
          .map((key) => answer[key]);
        const agreed = flags.every((flag) => flag === flags[0]) ? flags[0] : undefined;
        if (outcome.kind === 'done') expect(agreed).toBe(true);
        else if (outcome.kind === 'refused') expect(agreed).toBe(false);
        else expect(outcome).toMatchObject({ kind: 'unknown', reason: 'malformed' });
      }),
      { numRuns: 500 },
    );
    server.answer(json({ success: true, errorcode: '04' }));
    expect(await addOption(client(), option)).toMatchObject({ kind: 'unknown', reason: 'malformed' });
    server.answer(json({ success: true, errorcode: '' }));
    expect(await addOption(client(), option)).toMatchObject({ kind: 'done' });
  });
});
