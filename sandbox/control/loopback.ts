import type { MiddlewareHandler } from 'hono';

const LOOPBACK = new Set(['127.0.0.1', 'localhost', '[::1]']);

/** Control and console are for this machine alone: a foreign Host (DNS rebinding) or Origin (another site's page) is refused. */
export const loopbackOnly: MiddlewareHandler = async (context, next) => {
  const host = new URL(`http://${context.req.header('host') ?? new URL(context.req.url).host}`);
  const origin = context.req.header('origin');
  if (!LOOPBACK.has(host.hostname) || (origin !== undefined && !isLoopback(origin)))
    return context.json({ error: 'Loopback only' }, 403);
  await next();
};

function isLoopback(origin: string): boolean {
  return URL.canParse(origin) && LOOPBACK.has(new URL(origin).hostname);
}
