// Read by next.config.mjs as Node runs it, without a bundler: types alone are stripped, and nothing may be imported.

type Header = { key: string; value: string };

/** What every answer carries, whatever its request. The page's own policy (nonce) and HSTS are set in proxy.ts, at run time. */
export const everywhere: Header[] = [
  { key: 'X-Content-Type-Options', value: 'nosniff' },
  { key: 'X-Frame-Options', value: 'DENY' },
  // Paths carry the lot's code: another site learns nothing of them.
  { key: 'Referrer-Policy', value: 'same-origin' },
  { key: 'Cross-Origin-Opener-Policy', value: 'same-origin' },
  { key: 'Cross-Origin-Resource-Policy', value: 'same-origin' },
  {
    key: 'Permissions-Policy',
    value: 'camera=(), microphone=(), geolocation=(), payment=(), usb=(), browsing-topics=()',
  },
];

/** Nothing under /api is a page: whatever it returns may load nothing. */
export const dataOnly: Header[] = [
  {
    key: 'Content-Security-Policy',
    value: "default-src 'none'; base-uri 'none'; form-action 'none'; frame-ancestors 'none'",
  },
];
