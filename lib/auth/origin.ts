import { env } from '@/lib/core/env';
import { addressOf } from './visitor-address';

/**
 * Whether a browser sent this request from one of our own pages. Next lets an action through with no `Origin` at all; here a
 * request must prove its origin: by `Sec-Fetch-Site`, which no page can forge, or else by an `Origin` that is ours.
 */
export function fromOwnPages(headers: Headers): boolean {
  const site = headers.get('sec-fetch-site');
  if (site) return site === 'same-origin';
  const origin = headers.get('origin');
  if (!origin || origin === 'null' || !URL.canParse(origin)) return false;
  return [headers.get('host'), new URL(env().NEXTAUTH_URL).host].includes(new URL(origin).host);
}

/** The network a request comes from: an IPv4 /24, an IPv6 /48, of the address that `markAddresses` found. */
export function networkOf(headers: Headers): string {
  const address = (addressOf(headers) ?? '').replace(/^::ffff:/i, '');
  if (/^\d+\.\d+\.\d+\.\d+$/.test(address)) return address.split('.').slice(0, 3).join('.');
  if (!address.includes(':')) return 'unknown';
  const [head = '', tail] = address.split('%')[0]?.split('::') ?? [];
  const groups = head.split(':').filter(Boolean);
  const rest = tail?.split(':').filter(Boolean) ?? [];
  const full = [...groups, ...Array(Math.max(0, 8 - groups.length - rest.length)).fill('0'), ...rest];
  return full
    .slice(0, 3)
    .map((group) => Number.parseInt(group, 16).toString(16))
    .join(':');
}
