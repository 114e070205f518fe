import { describe, expect, test } from 'vitest';
import { demoWebhooks } from '../seed/seed';
import { freeLot, testSandbox } from '../testing';

type Heard = { url: URL; method: string; secret: string | null; fields: Record<string, string> };

/** A sandbox whose webhooks land here, and a portal that answers `answer` to option-check. */
function withPortal(
  slug = 'valmont',
  answer: () => Response = () => Response.json({ status: true, rank: 1 }),
) {
  const heard: Heard[] = [];
  const webhookFetch: typeof fetch = async (input, init) => {
    const request = new Request(input, init);
    if (!request.url.includes(demoWebhooks[slug]?.token ?? '') && !request.url.includes('/hook/'))
      return Response.json({ success: true });
    const fields = Object.fromEntries(new URLSearchParams(await request.text()));
    heard.push({
      url: new URL(request.url),
      method: request.method,
      secret: request.headers.get('x-parvis-secret'),
      fields,
    });
    return request.method === 'GET' ? answer() : Response.json({ success: true });
  };
  const bench = testSandbox({ webhookOrigin: 'http://localhost:3000', webhookFetch }, slug);
  const events = async (): Promise<string[]> => {
    await bench.sandbox.state.webhooks.idle();
    return heard.map(({ url }) => url.pathname.split('/').at(-1) ?? '');
  };
  return { ...bench, heard, events };
}

describe('what the portal is told', () => {
  test('an option placed through the API, with the secret in the header, form-encoded', async () => {
    const { addOption, third, account, heard, events } = withPortal();
    const lot = freeLot(account);
    const guid = await third('a');
    await addOption(lot.extcode, guid, 1);
    expect(await events()).toEqual(['option-placed']);
    expect(heard[0]?.url.pathname).toBe(`/api/webhooks/koban/${demoWebhooks.valmont?.token}/option-placed`);
    expect(heard[0]).toMatchObject({
      method: 'POST',
      secret: demoWebhooks.valmont?.secret,
      fields: {
        ...{
          Deal_Extcode: lot.extcode,
          Deal_Guid: lot.guid,
          Third_Extcode: 'T-a',
          Third_Guid: guid,
          Rank: '1',
        },
        ...{
          ExpDate: `/Date(${Date.parse('2026-06-18T09:10:00Z')})/`,
          Third_Name: 'a',
          Third_EMail: 'a@exemple.fr',
        },
        AssignedTo_Name: 'Delmas',
      },
    });
  });

  test('the whole life of a lot, in order; expiry names no rank; the other account counts in seconds', async () => {
    const { addOption, call, third, account, heard, events, sandbox } = withPortal('littoral');
    const { extcode } = freeLot(account);
    const [a, b] = [await third('a'), await third('b')];
    await addOption(extcode, a, 1);
    await addOption(extcode, b, 2);
    const until = sandbox.clock.now() / 1000 + 400_000;
    await call('ncOption/Prolong', { Deal: { Extcode: extcode }, Rank: 2, DateProlongation: until });
    await call('ncOption/Undo', { Deal: { Extcode: extcode }, Rank: 1 });
    const third2 = freeLot(account, 1).extcode;
    await addOption(third2, a, 1);
    sandbox.clock.advance(80 * 3_600_000);
    sandbox.sweep();
    await call('ncPreresv/Add', { Deal: { Extcode: extcode }, Third: { Guid: b }, PrixVente: 210_000 });
    await call('ncPreresv/AddValid', { Deal: { Extcode: extcode }, ThirdId: b, Res1Mail: 'b@exemple.fr' });
    await call('ncPreresv/Desist', { Deal: { Extcode: extcode }, Third: { Guid: b } });
    const kinds = await events();
    expect(kinds.slice(0, 5)).toEqual([
      'option-placed',
      'option-placed',
      'option-prolonged',
      'option-cancelled',
      'option-placed',
    ]);
    expect(kinds.slice(-2)).toEqual(['reservation-validated', 'reservation-withdrawn']);
    expect(heard[2]?.fields).toMatchObject({ PrgDate: String(until), Rank: '2' });
    const expired = heard.find(
      ({ url, fields }) => url.pathname.endsWith('expired') && fields.Deal_Extcode === third2,
    );
    expect(Object.keys(expired?.fields ?? {}).sort()).toEqual([
      'Deal_Extcode',
      'Deal_Guid',
      'Third_Extcode',
      'Third_Guid',
    ]);
    const validated = heard.at(-2)?.fields ?? {};
    expect(validated).toMatchObject({
      Lot_Code: extcode,
      ThirdId: b,
      PrixVente: '210000',
      Res1Mail: 'b@exemple.fr',
      Res1Nom: 'b',
    });
    expect(Object.keys(validated)).toHaveLength(56);
  });

  test.each([
    ['another status', 'set-status', { status: 'BLOQUE' }, 'BLOQUE'],
    ['the end of the lot', 'withdraw-lot', {}, 'LIBRE'],
  ])('%s ends the reservation on a lot', async (_name, act, more, status) => {
    const { control, account, events, heard, sandbox } = withPortal();
    const { extcode } = freeLot(account);
    await control('accounts/valmont/acts/place-preresv', { lot: extcode });
    await control('accounts/valmont/acts/validate-reservation', { lot: extcode });
    await control(`accounts/valmont/acts/${act}`, { lot: extcode, ...more });
    expect(await events()).toEqual(['reservation-validated', 'reservation-withdrawn']);
    expect(heard.at(-1)?.fields).toMatchObject({ Deal_Extcode: extcode });
    expect(account.lotEvenWithdrawn(extcode)).toMatchObject({ preresv: null, status });
    expect(sandbox.state.ledger.effects({ kind: 'reservation-withdrawn' })).toHaveLength(1);
  });

  test('nothing for acts of the API when the account is set so, but still for the console', async () => {
    const { addOption, control, third, account, events } = withPortal();
    await control('accounts/valmont/policy', { webhooksForApiActs: false }, 'PATCH');
    const { extcode } = freeLot(account);
    await addOption(extcode, await third('a'), 1);
    expect(await events()).toEqual([]);
    await control('accounts/valmont/acts/cancel-option', { lot: extcode });
    expect(await events()).toEqual(['option-cancelled']);
  });

  test('a lead, and a secret in the query when the target asks for it', async () => {
    const { control, heard, events } = withPortal();
    const target = { base: 'http://localhost:3000/hook', secret: 's3cret', secretIn: 'query' };
    await control('accounts/valmont/webhook', target, 'PUT');
    await control('accounts/valmont/acts/lead', { Name: 'Aubry', EMail: 'a@exemple.fr' });
    expect(await events()).toEqual(['lead']);
    expect(heard[0]?.url.href).toBe('http://localhost:3000/hook/lead?secret=s3cret');
    expect(heard[0]).toMatchObject({ secret: null, fields: { Contact_Type: 'Lead', Name: 'Aubry' } });
  });
});

describe('what may go wrong on the way', () => {
  async function twoActs(mode: string) {
    const bench = withPortal();
    const { extcode } = freeLot(bench.account);
    await bench.control('faults/webhooks', { mode, event: 'option-placed', delayMs: 500 });
    await bench.control('accounts/valmont/acts/place-option', { lot: extcode });
    await bench.control('accounts/valmont/acts/cancel-option', { lot: extcode });
    return bench.events();
  }

  test('lost, duplicated, late, out of order', async () => {
    expect(await twoActs('lost')).toEqual(['option-cancelled']);
    expect(await twoActs('duplicated')).toEqual(['option-placed', 'option-placed', 'option-cancelled']);
    expect(await twoActs('late')).toEqual(['option-cancelled', 'option-placed']);
    expect(await twoActs('out-of-order')).toEqual(['option-cancelled', 'option-placed']);
  });

  test('a delivery may be played again', async () => {
    const { control, account, events } = withPortal();
    await control('accounts/valmont/acts/place-option', { lot: freeLot(account).extcode });
    await events();
    expect(await control('webhooks')).toMatchObject([
      { id: 1, event: 'option-placed', attempts: [{ status: 200 }] },
    ]);
    await control('accounts/valmont/webhooks/1/replay', {});
    expect(await events()).toEqual(['option-placed', 'option-placed']);
  });
});

describe('the console asks before an option', () => {
  const place = async (answer: () => Response) => {
    const { sandbox, account, heard } = withPortal('valmont', answer);
    const { extcode } = freeLot(account);
    const response = await sandbox.fetch(
      `http://127.0.0.1:4001/console/valmont/lots/${extcode}/poser-option`,
      {
        method: 'POST',
        body: new URLSearchParams({ Label: 'Aubry', EMail: 'aubry@exemple.fr' }),
      },
    );
    await sandbox.state.webhooks.idle();
    return {
      said: decodeURIComponent(response.headers.get('location') ?? '').replaceAll('+', ' '),
      heard,
      lot: account.lot(extcode),
    };
  };

  test('yes: it is placed, and the page says what the portal answered', async () => {
    const { said, heard, lot } = await place(() => Response.json({ status: true, rank: 1 }));
    expect(heard[0]).toMatchObject({ method: 'GET', fields: {} });
    expect(heard[0]?.url.searchParams.get('extcode')).toBe(lot?.extcode);
    expect(said).toContain('Option de rang 1 posée. Le portail avait répondu « oui »');
    expect(lot?.options).toHaveLength(1);
  });

  test('no: it is not placed', async () => {
    const { said, lot } = await place(() => Response.json({ status: false }));
    expect(said).toContain('Le portail a répondu « non »');
    expect(lot?.options).toEqual([]);
  });

  test('no answer: Koban goes on, and says so', async () => {
    const { said, lot } = await place(() => new Response('oops', { status: 500 }));
    expect(said).toContain('n’a pas répondu');
    expect(lot?.options).toHaveLength(1);
  });
});
