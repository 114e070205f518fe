import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { describe, expect, it } from 'vitest';
import { addressOf, markAddresses, visitorAddress } from './visitor-address';

describe('visitorAddress', () => {
  it.each([
    ['no proxy of ours: the header is the visitor’s invention', '1.2.3.4', 0, '10.0.0.1'],
    ['one: what it wrote last', '1.2.3.4, 203.0.113.9', 1, '203.0.113.9'],
    ['two', '1.2.3.4, 203.0.113.9, 10.0.0.2', 2, '203.0.113.9'],
    ['two, and one was gone round', '203.0.113.9', 2, '10.0.0.1'],
    ['one that wrote nothing', undefined, 1, '10.0.0.1'],
  ] as const)('%s', (_what, forwarded, trusted, address) => {
    expect(visitorAddress(forwarded, '10.0.0.1', trusted)).toBe(address);
  });
});

it('marks each request of this process, over whatever its visitor claims to be', async () => {
  markAddresses();
  const seen: (string | null)[] = [];
  const server = createServer((request, response) => {
    const headers = new Headers();
    for (const [name, value] of Object.entries(request.headers)) headers.set(name, String(value));
    seen.push(addressOf(headers));
    response.end();
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  const { port } = server.address() as AddressInfo;
  const claims = { 'x-parvis-address': '203.0.113.9', 'x-forwarded-for': '203.0.113.9' };
  await fetch(`http://127.0.0.1:${port}`, { headers: claims });
  server.close();
  expect(seen).toEqual(['127.0.0.1']);
});
