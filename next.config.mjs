import createNextIntlPlugin from 'next-intl/plugin';
import { dataOnly, everywhere } from './lib/core/response-headers.ts';

// `npm run bench` builds the same portal with bare routes beside its own (`*.bench.ts`), in a folder of its own: no other build
// has them.
const benched = process.env.PARVIS_BENCH === '1';
const benchOnly = {
  distDir: '.next-bench',
  typescript: { tsconfigPath: 'bench/tsconfig.json', ignoreBuildErrors: true },
};

// The stock's answers are compressed once and kept, but Next drops the Content-Encoding that a route handler sets.
// `encodingFor` in lib/stock/answer-stock.ts reads Accept-Encoding in the same words.
const accepts = (name) => ({
  type: 'header',
  key: 'accept-encoding',
  value: `(?!.*\\b${name}\\s*;\\s*q=0(?:\\.0*)?\\s*(?:,|$)).*\\b${name}\\b.*`,
});
const encoded = (value) => ({
  source: benched ? '/api/:stock(stock|floor/stock)' : '/api/stock',
  headers: [{ key: 'Content-Encoding', value }],
});
const stockEncodings = [
  { ...encoded('br'), has: [accepts('br')] },
  { ...encoded('gzip'), has: [accepts('gzip')], missing: [accepts('br')] },
];

/** @type {import('next').NextConfig} */
const config = {
  // `npm run check` checks them, once for all builds.
  typescript: { ignoreBuildErrors: true },
  ...(benched && benchOnly),
  pageExtensions: benched ? ['tsx', 'ts', 'bench.tsx', 'bench.ts'] : ['tsx', 'ts'],
  poweredByHeader: false,
  // Koban may carry its secret in the address: `npm run dev` prints no such line.
  logging: { incomingRequests: { ignore: [/^\/api\/webhooks\//] } },
  agentRules: false,
  images: { unoptimized: true },
  serverExternalPackages: [
    '@electric-sql/pglite',
    '@node-rs/argon2',
    '@react-pdf/renderer',
    'nodemailer',
    'pg',
    'pg-boss',
    'pino',
  ],
  headers: async () => [
    { source: '/:path*', headers: everywhere },
    // A promoter's drawings carry a policy of their own (lib/stock/fetch-file): a header set here would win over it.
    { source: '/api/:path((?!files/).*)', headers: dataOnly },
    ...stockEncodings,
  ],
};

// Messages are parsed once, when the portal is built: a page would parse anew each one that it says, and so would the browser.
export default createNextIntlPlugin({
  requestConfig: './lib/i18n/request.ts',
  experimental: {
    messages: { path: './messages', format: 'json', locales: 'infer', sourceLocale: 'fr', precompile: true },
  },
})(config);
