import { type Context, Hono } from 'hono';
import { z } from 'zod';
import type { OtherKoban, Verdict } from './koban';
import { dealOnWire, NO_DATE, programmes, slashDate } from './stock';

/** The longest page that it gives, whatever is asked for. */
const PAGE = 3;

const guid = z.string().regex(/^[0-9A-F]{24}$/);
const deal = z.strictObject({ Extcode: z.string() });
const rank = z.union([z.literal(1), z.literal(2)]);
/** Whole seconds of this century: milliseconds would be a date far away. */
const seconds = z.int().min(1.5e9).max(4e9);
const part = z.strictObject({ Guid: guid }).optional();
const third = z.strictObject({ Guid: guid });
const denounced = z.strictObject({
  EMail: z.string().optional(),
  Name: z.string(),
  FirstName: z.string().optional(),
  Phone: z.string().optional(),
  Process: z.strictObject({ Code: z.literal(programmes.map(({ Extcode }) => String(Extcode))) }),
});

const bodies = {
  third: z.looseObject({ Extcode: z.string(), Label: z.string() }),
  check: denounced,
  create: denounced.extend({ By: guid.optional() }),
  option: z.strictObject({ Third: third, Deal: deal, DateOption: seconds, Rank: rank, Part: part }),
  prolong: z.strictObject({ Deal: deal, Rank: rank, DateProlongation: seconds }),
  undo: z.strictObject({ Deal: deal, Rank: rank }),
  preresv: z.strictObject({
    Deal: deal,
    Third: third,
    PrixVente: z.number(),
    Garantie: z.number(),
    Part: part,
  }),
  file: z.looseObject({ Deal: deal, ThirdId: guid, PreresaDate: seconds, PrixVente: z.number() }),
  desist: z.strictObject({ Deal: deal, Third: third }),
};

const read = async <T>(c: Context, schema: z.ZodType<T>): Promise<T> => schema.parse(await c.req.json());

/** What a write of options and reservations answers, its empty properties spelt out. */
const verdict = ({ success, errorcode = '', message = '' }: Verdict) => ({
  success,
  errorcode,
  message,
  server: 'crm-2',
});

function page<T>(c: Context, list: readonly T[]) {
  const start = Number(c.req.query('s') ?? 0);
  const length = Math.min(PAGE, Number(c.req.query('l') ?? PAGE));
  return c.json({ Length: list.length, List: list.slice(start, start + length), Elapsed: 0.004 });
}

/** Koban's methods, under an address of its own. */
export function routes(koban: OtherKoban): Hono {
  const app = new Hono().basePath('/crm/api/v1');
  app.use(async (c, next) => {
    if (c.req.header('X-ncApi') !== koban.apiKey || c.req.header('X-ncUser') !== koban.userKey)
      return c.json({ Message: 'Clé refusée' }, 401);
    await next();
    c.header('Date', new Date(koban.now()).toUTCString());
  });
  app.notFound((c) => odd(c, 'unknown method'));
  app.onError((fault, c) => odd(c, fault.message));
  const odd = (c: Context, what: string) => {
    koban.oddities.push(`${c.req.method} ${c.req.path}: ${what}`);
    return c.json({ Message: what }, 400);
  };

  app.get('/ncDealProcess/GetAll', (c) => page(c, programmes));
  app.get('/ncDeal/GetUpdated', (c) => {
    const since = z.union([z.literal(0), seconds]).parse(Number(c.req.query('updated'))) * 1000;
    return page(c, koban.deals.filter(({ changedAt }) => changedAt >= since).map(dealOnWire));
  });
  app.post('/ncThird/PostOne', async (c) => {
    z.literal('Extcode').parse(c.req.query('uniqueproperty'));
    const { guid, created } = koban.writeThird(await read(c, bodies.third));
    return c.json({ Success: true, Result: [guid], Message: null, Errors: null }, created ? 201 : 200);
  });
  const found = (c: Context, property: string, value: string) => {
    const one = koban.thirdWith(property, value);
    return one ? c.json({ ...one, Score: null }) : c.body(null, 404);
  };
  app.get('/ncThird/GetOneByExtcode', (c) => found(c, 'Extcode', c.req.query('extcode') ?? ''));
  app.get('/ncThird/GetOneByKey', (c) => {
    const property = c.req.query('uniqueproperty') ?? '';
    return found(c, property === 'Email' ? 'EMail' : property, c.req.query('value') ?? '');
  });
  app.get('/ncThird/GetByLabel', (c) => {
    const words = (c.req.query('search') ?? '').toLowerCase();
    return page(
      c,
      [...koban.thirds.values()].filter(({ Label }) => String(Label).toLowerCase().includes(words)),
    );
  });
  app.post('/ncDenonc/CheckDenonc', async (c) => {
    const { Process, ...person } = await read(c, bodies.check);
    return c.json({ ...koban.checkDenonciation(person, Process.Code), Third: null });
  });
  app.post('/ncDenonc/Create', async (c) => {
    const body = await read(c, bodies.create);
    const guid = koban.createDenonciation(body, body.Process.Code, body);
    return guid
      ? c.json({ Success: true, Result: [guid], Message: null, Errors: null })
      : c.json({ Success: false, Result: null, Message: 'Prospect déjà dénoncé', Errors: [] });
  });
  app.get('/ncOption/GetLotStatus', (c) => c.json(lotStatus(koban, c.req.query('extcode') ?? '')));
  app.post('/ncOption/Add', async (c) => {
    const body = await read(c, bodies.option);
    const { Deal, Third, Rank, DateOption } = body;
    const to = { code: Deal.Extcode, third: Third.Guid, rank: Rank, from: DateOption * 1000 };
    return c.json(verdict(koban.addOption(to, body)));
  });
  app.post('/ncOption/Prolong', async (c) => {
    const body = await read(c, bodies.prolong);
    const until = body.DateProlongation * 1000;
    return c.json(verdict(koban.prolongOption(body.Deal.Extcode, body.Rank, until, body)));
  });
  app.post('/ncOption/Undo', async (c) => {
    const body = await read(c, bodies.undo);
    return c.json(verdict(koban.undoOption(body.Deal.Extcode, body.Rank, body)));
  });
  app.post('/ncPreresv/Add', async (c) => {
    const body = await read(c, bodies.preresv);
    return c.json(verdict(koban.reserve(body.Deal.Extcode, body.Third.Guid, 'ncPreresv/Add', body)));
  });
  app.post('/ncPreresv/AddValid', async (c) => {
    const body = await read(c, bodies.file);
    return c.json(verdict(koban.reserve(body.Deal.Extcode, body.ThirdId, 'ncPreresv/AddValid', body)));
  });
  app.post('/ncPreresv/Desist', async (c) => {
    const body = await read(c, bodies.desist);
    return c.json(verdict(koban.withdraw(body.Deal.Extcode, body.Third.Guid, body)));
  });
  return app;
}

/** A lot that is neither free nor under option has a value here that no documentation gives. */
function lotStatus(koban: OtherKoban, code: string) {
  const lot = koban.deal(code);
  if (!lot) return { Result: -1 };
  if (lot.file) return { Result: -2, MaxRank: 0, EndDate: NO_DATE };
  const first = lot.options.find((option) => option.rank === 1);
  const EndDate = first ? slashDate(first.prolongedTo ?? first.endsAt) : NO_DATE;
  if (lot.options.length === 2) return { Result: -3, MaxRank: null, EndDate };
  if (first) return { Result: 1, MaxRank: 1, EndDate, Salesman: null };
  return lot.status === 'LIBRE'
    ? { Result: 0, MaxRank: null, EndDate }
    : { Result: 12, MaxRank: null, EndDate };
}
