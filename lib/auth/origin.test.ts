import { beforeAll, describe, expect, it } from 'vitest';
import { networkOf } from './origin';
import { markAddresses } from './visitor-address';

beforeAll(markAddresses);

const from = (address: string | null) =>
  networkOf(new Headers(address === null ? {} : { 'x-parvis-address': address }));

describe('networkOf', () => {
  it.each([
    ['203.0.113.9', '203.0.113'],
    ['::ffff:203.0.113.9', '203.0.113'],
    ['2001:db8:1:2::3', '2001:db8:1'],
    ['2001:0db8:0001::', '2001:db8:1'],
    ['::1', '0:0:0'],
    ['fe80::1%eth0', 'fe80:0:0'],
    [null, 'unknown'],
    ['a name', 'unknown'],
  ])('%s is in %s', (address, network) => {
    expect(from(address)).toBe(network);
  });

  it('believes no header of the visitor’s own', () => {
    expect(networkOf(new Headers({ 'x-forwarded-for': '203.0.113.9' }))).toBe('unknown');
  });
});
