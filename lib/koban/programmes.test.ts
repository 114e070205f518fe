import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { getProgrammes } from './programmes';
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

describe('getProgrammes', () => {
  const programme = (code: string) => ({
    Guid: `g-${code}`,
    Extcode: code,
    Label: code,
    Steps: [{ Label: 'Libre', Extcode: 'LIBRE' }, {}],
  });

  it('accepts a bare array', async () => {
    server.answer(json([programme('A'), { Code: 'B', IsActive: false }, { Label: 'lost' }]));
    expect(await getProgrammes(client())).toMatchObject({
      kind: 'done',
      value: {
        programmes: [
          { guid: 'g-A', code: 'A', active: true, statuses: [{ code: 'LIBRE', label: 'Libre' }] },
          { guid: null, code: 'B', active: false, statuses: [] },
        ],
        rejected: [{ index: 2, reason: 'no-identity' }],
      },
    });
    expect(server.received).toHaveLength(1);
  });

  it('reads every page of a paged list, and stops when a server repeats itself', async () => {
    const all = ['A', 'B', 'C', 'D', 'E'].map(programme);
    server.answer((response, request, socket) => {
      const start = Number(new URL(request.url, 'http://x').searchParams.get('s'));
      json({ Length: 5, List: all.slice(start, start + 2) })(response, request, socket);
    });
    const paged = await getProgrammes(client());
    expect(paged.kind === 'done' && paged.value.programmes.map((each) => each.code)).toEqual([
      'A',
      'B',
      'C',
      'D',
      'E',
    ]);
    expect(paged).toMatchObject({ value: { exact: true } });
    server.received.length = 0;
    server.answer(json({ Length: 5, List: all.slice(0, 2) }));
    const repeated = await getProgrammes(client());
    expect(repeated).toMatchObject({
      kind: 'done',
      value: { programmes: [{ code: 'A' }, { code: 'B' }], exact: false },
    });
    expect(server.received).toHaveLength(2);
  });

  it('goes on to an empty page where no number is announced, and does not call that exact', async () => {
    const all = ['A', 'B', 'C', 'D', 'E'].map(programme);
    server.answer((response, request, socket) => {
      const start = Number(new URL(request.url, 'http://x').searchParams.get('s'));
      json({ List: all.slice(start, start + 2) })(response, request, socket);
    });
    const outcome = await getProgrammes(client());
    expect(outcome).toMatchObject({ kind: 'done', value: { exact: false } });
    expect(outcome.kind === 'done' && outcome.value.programmes.map((each) => each.code)).toEqual(
      all.map((each) => each.Extcode),
    );
  });

  it('fails as a whole when one page fails', async () => {
    server.answer((response, request, socket) => {
      if (request.url.includes('s=0')) json({ Length: 5, List: [programme('A')] })(response, request, socket);
      else response.writeHead(500).end();
    });
    expect(await getProgrammes(client())).toMatchObject({ kind: 'unknown', status: 500 });
  });
});
