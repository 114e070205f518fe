import { type Context, Hono } from 'hono';
import type { World } from '../core/world';
import { brochurePdf, noticePdf, sitePlanPdf } from './brochure';
import { facadeSvg } from './facade';
import { planSvg } from './plan';

const pdfs = { 'plaquette.pdf': brochurePdf, 'plan-masse.pdf': sitePlanPdf, 'notice.pdf': noticePdf };

/** Pictures and documents of the demo, drawn on request from the stock itself. */
export function filesRouter(world: World): Hono {
  const router = new Hono();
  const accountOf = (slug: string) => world.accounts.find((account) => account.slug === slug);

  router.get('/:account/programmes/:code/:file', (context) => {
    const account = accountOf(context.req.param('account'));
    const programme = account?.programmes.get(context.req.param('code'));
    if (!account || !programme?.sheet) return context.notFound();
    const name = context.req.param('file');
    if (name === 'facade.svg')
      return svg(context, facadeSvg(programme.code, programme.label, programme.sheet));
    const draw = Object.entries(pdfs).find(([file]) => file === name)?.[1];
    if (!draw) return context.notFound();
    return context.body(draw({ account, programme, sheet: programme.sheet }), 200, {
      'content-type': 'application/pdf',
      'content-disposition': `inline; filename="${programme.code}-${name}"`,
    });
  });

  router.get('/:account/lots/:extcode/plan.svg', (context) => {
    const account = accountOf(context.req.param('account'));
    const lot = account?.lotEvenWithdrawn(context.req.param('extcode')) ?? null;
    const programme = account?.programmes.get(lot?.programme ?? '');
    if (lot === null || lot.sheet?.kind !== 'logement' || !programme?.sheet) return context.notFound();
    return svg(context, planSvg(lot, lot.sheet, { label: programme.label, sheet: programme.sheet }));
  });
  return router;
}

function svg(context: Context, drawing: string): Response {
  return context.body(drawing, 200, {
    'content-type': 'image/svg+xml; charset=utf-8',
    'cache-control': 'max-age=3600',
  });
}
