/** @jsxImportSource hono/jsx */
import { readFile } from 'node:fs/promises';
import { createRequire } from 'node:module';
import { type Context, Hono } from 'hono';
import { loopbackOnly } from '../control/loopback';
import type { Account } from '../core/account';
import { announceLead } from '../core/thirds';
import type { Scene, World } from '../core/world';
import { consoleActs, type Flash } from './acts';
import { LotPage } from './lot-page';
import { AccountPage, HomePage, ProgrammePage } from './pages';
import { css } from './style';

const FONT = '@fontsource-variable/instrument-sans/files/instrument-sans-latin-wght-normal.woff2';

/** « Console Koban, bac à sable »: pages where a person plays the promoter's salesman. */
export function consoleRouter(world: World): Hono {
  const router = new Hono();
  router.use('*', loopbackOnly);
  const accountOf = (context: Context): Account | undefined =>
    world.accounts.find(({ slug }) => slug === context.req.param('account'));
  const sceneOf = (account: Account): Scene => ({
    world,
    account,
    cause: { origin: 'console', callId: null },
  });

  router.get('/console.css', (context) =>
    context.body(css, 200, { 'content-type': 'text/css; charset=utf-8' }),
  );
  router.get('/font.woff2', async (context) => {
    const font = new Uint8Array(await readFile(createRequire(import.meta.url).resolve(FONT)));
    return context.body(font, 200, { 'content-type': 'font/woff2', 'cache-control': 'max-age=86400' });
  });
  router.get('/', (context) => context.html(<HomePage world={world} />));
  router.get('/:account', (context) => {
    const account = accountOf(context);
    if (!account) return context.notFound();
    return context.html(<AccountPage world={world} account={account} flash={flashOf(context)} />);
  });
  router.post('/:account/contact', async (context) => {
    const account = accountOf(context);
    if (!account) return context.notFound();
    announceLead(sceneOf(account), await context.req.parseBody());
    return back(context, `/console/${account.slug}`, { good: true, text: 'Contact enregistré.' });
  });
  router.get('/:account/programmes/:code', (context) => {
    const account = accountOf(context);
    const programme = account?.programmes.get(context.req.param('code'));
    if (!account || !programme) return context.notFound();
    const status = context.req.query('statut') ?? '';
    return context.html(
      <ProgrammePage world={world} account={account} programme={programme} status={status} />,
    );
  });
  router.get('/:account/lots/:extcode', (context) => {
    const account = accountOf(context);
    const lot = account?.lotEvenWithdrawn(context.req.param('extcode'));
    const programme = account?.programmes.get(lot?.programme ?? '');
    if (!account || !lot || !programme) return context.notFound();
    return context.html(
      <LotPage world={world} account={account} programme={programme} lot={lot} flash={flashOf(context)} />,
    );
  });
  router.post('/:account/lots/:extcode/:act', async (context) => {
    const account = accountOf(context);
    const lot = account?.lotEvenWithdrawn(context.req.param('extcode'));
    const act = consoleActs[context.req.param('act')];
    if (!account || !lot || !act) return context.notFound();
    const fields = await context.req.parseBody();
    const form = (name: string): string => {
      const value = fields[name];
      return typeof value === 'string' ? value.trim() : '';
    };
    return back(
      context,
      `/console/${account.slug}/lots/${lot.extcode}`,
      await act(sceneOf(account), lot, form),
    );
  });
  return router;
}

function back(context: Context, path: string, flash: Flash): Response {
  const query = new URLSearchParams({ [flash.good ? 'fait' : 'refus']: flash.text });
  return context.redirect(`${path}?${query}`, 303);
}

function flashOf(context: Context): Flash | null {
  const [good, bad] = [context.req.query('fait'), context.req.query('refus')];
  if (good !== undefined) return { good: true, text: good };
  return bad === undefined ? null : { good: false, text: bad };
}
