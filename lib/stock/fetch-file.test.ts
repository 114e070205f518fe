import { createServer, type RequestListener, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import { eq } from 'drizzle-orm';
import { afterAll, afterEach, beforeAll, expect, it, test } from 'vitest';
import type { Database } from '@/lib/db/client';
import { promoter } from '@/lib/db/schema/all';
import { asTenant } from '@/lib/db/tenancy';
import { testDatabase } from '@/lib/db/testing';
import { documentsOf } from './describe-programme';
import { allowedAddress, fetchFile, findFile } from './fetch-file';
import { findMissingHosts } from './find-missing-hosts';
import { pagedKoban } from './paged-koban.testing';
import { revealStock } from './reveal-stock';
import { syncPromoter } from './sync-promoter';
import { addPromoter, clientOf } from './testing';

let db: Database;
beforeAll(async () => {
  db = await testDatabase();
});
afterAll(() => db.close());

const servers: Server[] = [];
afterEach(() => {
  for (const server of servers.splice(0)) {
    server.close();
    server.closeAllConnections();
  }
});

async function serve(listener: RequestListener): Promise<string> {
  const server = createServer(listener);
  servers.push(server);
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  return `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
}

/** Asks for a lot's plan, whose address in Koban is `address`, at a promoter whose Koban is at `origin`. */
async function planFrom(origin: string, address: string, headers: Record<string, string> = {}) {
  const plan = { fieldId: 'f1', key: 'plan', label: 'Plan du lot', type: 'document', on: 'lot' } as const;
  const actor = await addPromoter({ fields: [plan] });
  await asTenant(actor.scope, (tx) =>
    tx
      .update(promoter)
      .set({ kobanUrl: `${origin}/api/v1` })
      .where(eq(promoter.id, actor.promoter)),
  );
  const server = pagedKoban([
    { code: 'A', fields: { f1: address } },
    { code: 'H', programme: 'HIDDEN', fields: { f1: address } },
  ]);
  await syncPromoter(actor, { koban: async () => clientOf(server.fetch), pass: 'due' });
  const sight = await revealStock(actor.scope, {
    promoterId: actor.promoter,
    allProgrammes: false,
    programmes: new Set(['TDC']),
  });
  if (!sight) throw new Error('Nothing to see');
  const find = (code: string, key = 'plan') => findFile(actor.scope, sight, { kind: 'lot', code, key });
  const file = await find('A');
  if (!file) throw new Error('No file');
  return { find, answer: await fetchFile(new Request('http://parvis.test/', { headers }), sight, file) };
}

it('passes a drawing on, inert, under a name, without a word of where it came from', async () => {
  const seen: string[] = [];
  const origin = await serve((request, response) => {
    seen.push(JSON.stringify(request.headers));
    response.setHeader('content-type', 'image/svg+xml; charset=utf-8').end('<svg/>');
  });
  const { answer } = await planFrom(origin, '/files/plan.svg');
  expect(answer.status).toBe(200);
  expect(await answer.text()).toBe('<svg/>');
  expect(answer.headers.get('content-type')).toBe('image/svg+xml');
  expect(answer.headers.get('content-security-policy')).toContain('sandbox');
  expect(answer.headers.get('x-content-type-options')).toBe('nosniff');
  expect(answer.headers.get('content-disposition')).toContain('Plan%20du%20lot.svg');
  expect(JSON.stringify([...answer.headers])).not.toContain(origin);
  expect(seen.join()).not.toContain('x-ncapi');

  // A second request is answered from memory, and costs nothing when the browser has it.
  const again = await planFrom(origin, `${origin}/files/plan.svg`, {
    'if-none-match': answer.headers.get('etag') ?? '',
  });
  expect(again.answer.status).toBe(304);
  expect(seen.length).toBe(1);
});

it('finds files of visible lots only', async () => {
  const origin = await serve((_request, response) => {
    response.setHeader('content-type', 'image/png').end('x');
  });
  const { find } = await planFrom(origin, '/plan.png');
  expect(await find('A')).not.toBeNull();
  expect(await find('H')).toBeNull();
  expect(await find('A', 'other')).toBeNull();
  expect(await find('NOWHERE')).toBeNull();
});

test.each<[string, RequestListener]>([
  ['a page', (_request, response) => void response.setHeader('content-type', 'text/html').end('<script>')],
  ['no type', (_request, response) => void response.end('x')],
  [
    'a redirect',
    (_request, response) => void response.writeHead(302, { location: 'http://127.0.0.1:1/' }).end(),
  ],
  ['a fault', (_request, response) => void response.writeHead(500, { 'content-type': 'image/png' }).end()],
  [
    'too much',
    (_request, response) => {
      response.setHeader('content-type', 'application/pdf');
      const chunk = Buffer.alloc(1_000_000);
      const more = () => {
        while (response.writable && response.write(chunk));
      };
      response.on('drain', more);
      more();
    },
  ],
])('does not pass on %s', async (_what, listener) => {
  const origin = await serve(listener);
  const { answer } = await planFrom(origin, '/file');
  expect(answer.status).toBe(502);
});

test.each([
  ['https://koban.test/files/a.pdf', 'https://koban.test/files/a.pdf'],
  ['/files/a.pdf', 'https://koban.test/files/a.pdf'],
  ['https://cdn.test/a.pdf', 'https://cdn.test/a.pdf'],
  ['http://cdn.test/a.pdf', null],
  ['https://cdn.test:8443/a.pdf', null],
  ['https://cdn.test.evil.test/a.pdf', null],
  ['https://user@koban.test/a.pdf', null],
  ['http://koban.test/a.pdf', null],
  ['http://169.254.169.254/latest/meta-data', null],
  ['http://[::1]/a.pdf', null],
  ['//evil.test/a.pdf', null],
  ['file:///etc/passwd', null],
])('fetches %s from %s', (address, from) => {
  expect(
    allowedAddress(address, {
      kobanUrl: 'https://koban.test/api/v1',
      settings: { documentHosts: ['cdn.test'] },
    }),
  ).toBe(from);
});

it('draws no link that would be refused, and names the host that the settings lack', async () => {
  const plan = { fieldId: 'f1', key: 'plan', label: 'Plan du lot', type: 'document', on: 'lot' } as const;
  const linked = async (documentHosts: string[]) => {
    const actor = await addPromoter({ fields: [plan], documentHosts });
    const server = pagedKoban([{ code: 'A', fields: { f1: 'https://cdn.test/plan.pdf' } }]);
    await syncPromoter(actor, { koban: async () => clientOf(server.fetch), pass: 'due' });
    const grant = { promoterId: actor.promoter, allProgrammes: true, programmes: new Set<string>() };
    const sight = await revealStock(actor.scope, grant);
    const file = sight && (await findFile(actor.scope, sight, { kind: 'lot', code: 'A', key: 'plan' }));
    if (!sight || !file) throw new Error('No file');
    const { shelf } = sight;
    const links = documentsOf(shelf.header, { kind: 'lot', code: 'A' }, [file]).map(({ href }) => href);
    return { links, missing: await findMissingHosts(actor.scope, shelf) };
  };
  expect(await linked([])).toEqual({ links: [], missing: ['cdn.test'] });
  expect(await linked(['cdn.test'])).toEqual({
    links: [expect.stringMatching(/^\/api\/files\/p-[^/]+\/lot\/A\/plan$/)],
    missing: [],
  });
});
