import { type NextRequest, NextResponse } from 'next/server';
import { env } from '@/lib/core/env';

/** The page's content policy: only our own files, and scripts that carry this request's nonce. */
function policy(nonce: string, { development, secure }: { development: boolean; secure: boolean }) {
  return [
    "default-src 'self'",
    // React's development build evaluates strings to rebuild server stacks; production never does.
    `script-src 'self' 'nonce-${nonce}' 'strict-dynamic'${development ? " 'unsafe-eval'" : ''}`,
    development ? "style-src 'self' 'unsafe-inline'" : `style-src 'self' 'nonce-${nonce}'`,
    // Widths of bars and columns are style attributes; they can load nothing, since img-src and font-src are closed.
    "style-src-attr 'unsafe-inline'",
    "img-src 'self' data: blob:",
    "font-src 'self'",
    "connect-src 'self'",
    "manifest-src 'self'",
    "worker-src 'self'",
    "object-src 'none'",
    "base-uri 'none'",
    "form-action 'self'",
    "frame-ancestors 'none'",
    ...(secure ? ['upgrade-insecure-requests'] : []),
  ].join('; ');
}

/** Decorates every page with its nonce and policy. It decides nothing about who may see what. */
export function proxy(request: NextRequest) {
  const { NODE_ENV, NEXTAUTH_URL } = env();
  const secure = NEXTAUTH_URL.startsWith('https:');
  const nonce = Buffer.from(crypto.getRandomValues(new Uint8Array(16))).toString('base64');
  const csp = policy(nonce, { development: NODE_ENV === 'development', secure });

  const headers = new Headers(request.headers);
  // Next takes the nonce from these request headers: a visitor must not choose it.
  headers.delete('content-security-policy-report-only');
  headers.set('content-security-policy', csp);
  // So that a gate can bring the person back here after sign-in.
  headers.set('x-parvis-path', `${request.nextUrl.pathname}${request.nextUrl.search}`);

  const response = NextResponse.next({ request: { headers } });
  response.headers.set('content-security-policy', csp);
  if (secure) response.headers.set('strict-transport-security', 'max-age=63072000; includeSubDomains');
  return response;
}

export const config = {
  // Pages only: files need no nonce, and /api has its own policy in next.config.mjs.
  matcher: [
    '/((?!api/|_next/static/|icon.svg|favicon.ico|apple-touch-icon.png|manifest.webmanifest|robots.txt).*)',
  ],
};
