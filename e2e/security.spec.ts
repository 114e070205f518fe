import type { APIRequestContext, Page, Request } from '@playwright/test';
import {
  askOption,
  confirmation,
  consent,
  denounced,
  dialog,
  newProspect,
  openForm,
  openLot,
  searchList,
  submit,
  typeIdentity,
} from './harness/journeys';
import { cast, rivals } from './harness/people';
import { expect, test } from './harness/test';
import { publicScreens, stockScreens } from './harness/tour';

const adviser = cast.adviser.email;
const keys = ['sandbox-valmont-api', 'sandbox-valmont-user', 'sandbox-littoral-api', 'sandbox-littoral-user'];

/** A draft is kept by an action of its own, whenever the typing pauses. */
const keepsDraft = (request: Request) => request.postData()?.includes('"values"') ?? false;

/** The server action that this press would have sent, held back: its address, its name and its body. */
async function held(page: Page, press: () => Promise<void>): Promise<{ request: Request; body: Buffer }> {
  const caught = page.waitForRequest(
    (request) => request.headers()['next-action'] !== undefined && !keepsDraft(request),
  );
  await page.route('**/*', (route) =>
    route.request().headers()['next-action'] === undefined ? route.continue() : route.abort(),
  );
  await press();
  const request = await caught;
  const body = request.postDataBuffer();
  if (!body) throw new Error('The action has no body');
  return { request, body };
}

/** Posts an action again, as somebody else's program would. */
function replay(
  api: APIRequestContext,
  { request, body }: { request: Request; body: Buffer },
  headers: Record<string, string>,
) {
  const own = request.headers();
  const given = Object.fromEntries(
    ['next-action', 'content-type', 'accept', 'next-router-state-tree'].flatMap((name) => {
      const value = own[name];
      return value === undefined ? [] : [[name, value]];
    }),
  );
  return api.post(request.url(), { data: body, headers: { ...given, ...headers }, failOnStatusCode: false });
}

test.describe('an action posted from anywhere but a page of the portal', () => {
  test('files no dénonciation: without a session, from another origin, from none', async ({
    page,
    browser,
    portal,
    sandbox,
    enter,
  }) => {
    await enter(page, adviser);
    await openForm(page);
    const prospect = newProspect();
    await typeIdentity(page, prospect);
    await consent(page).check();
    // The draft is kept by an action of its own: what is wanted is the one of the button.
    await expect(page.getByText(/^Brouillon enregistré à /)).toBeVisible();
    const action = await held(page, () => submit(page).click());
    expect(action.body.toString()).toContain(prospect.email);

    const stranger = await browser.newContext();
    await replay(stranger.request, action, { origin: portal.url, 'sec-fetch-site': 'same-origin' });
    await stranger.close();
    const foreign: Record<string, string>[] = [
      { origin: 'https://exemple.org' },
      { origin: 'null' },
      { origin: 'https://exemple.org', 'sec-fetch-site': 'cross-site' },
      { origin: portal.url, 'sec-fetch-site': 'cross-site' },
      { origin: portal.url, 'sec-fetch-site': 'same-site' },
      {},
    ];
    for (const headers of foreign) await replay(page.context().request, action, headers);
    // The same, sent by who may: it is the headers that were refused, not the body.
    await replay(page.context().request, action, { origin: portal.url, 'sec-fetch-site': 'same-origin' });
    await expect
      .poll(async () => (await sandbox.caused(prospect.email)).map(({ kind }) => kind))
      .toEqual(['third-created', 'denonciation-created']);
    await page.unrouteAll();
    await page.goto('/denonciations');
    await searchList(page, prospect.phone);
    await expect(page.locator('tr[data-act]')).toHaveCount(1);
  });

  test('places no option: without a session, from another origin, as another cabinet', async ({
    page,
    browser,
    portal,
    sandbox,
    enter,
  }) => {
    const lot = await sandbox.newLot('valmont', 'TDC');
    await enter(page, adviser);
    const prospect = await denounced(page);
    await openLot(page, lot);
    await askOption(page, prospect);
    const action = await held(page, () => confirmation(page, 1).click());
    expect(action.body.toString()).toContain(lot);

    const own = { origin: portal.url, 'sec-fetch-site': 'same-origin' };
    const stranger = await browser.newContext();
    await replay(stranger.request, action, own);
    await stranger.close();
    await replay(page.context().request, action, { origin: 'https://exemple.org' });
    await replay(page.context().request, action, { origin: 'null' });
    for (const email of [rivals.second.email, cast.colleague.email, 'exploitation@parvis.exemple']) {
      const other = await (await browser.newContext()).newPage();
      await enter(other, email);
      const answer = await replay(other.context().request, action, own);
      expect(await answer.text(), email).not.toContain('placed');
      await other.context().close();
    }
    expect(await sandbox.asked(lot, 'ncOption/Add')).toEqual([]);
    await page.unrouteAll();
    await replay(page.context().request, action, own);
    await expect.poll(async () => (await sandbox.asked(lot, 'ncOption/Add')).length).toBe(1);
    await expect(dialog(page)).toBeVisible();
  });

  test('an operator’s act is refused to a partner', async ({ page, browser, portal, signIn, enter }) => {
    await signIn(page, 'exploitation@parvis.exemple');
    await page.goto('/operateur/comptes');
    const action = await held(page, () =>
      page.getByRole('button', { name: `Désactiver : ${cast.mistyping.name}` }).click(),
    );
    const partner = await (await browser.newContext()).newPage();
    await enter(partner, adviser);
    await replay(partner.context().request, action, { origin: portal.url, 'sec-fetch-site': 'same-origin' });
    await partner.context().close();
    await page.unrouteAll();
    await page.reload();
    await expect(
      page
        .getByRole('listitem')
        .filter({ hasText: cast.mistyping.email })
        .getByText('Actif', { exact: true }),
    ).toBeVisible();
  });
});

test('no header that claims to have passed the proxy opens anything', async ({ request, portal }) => {
  const pages = [
    '/',
    '/notifications',
    '/programmes',
    '/denonciations',
    '/options',
    '/compte',
    '/operateur/courrier',
  ];
  for (const value of ['proxy', 'src/proxy', 'middleware', 'proxy:proxy:proxy:proxy:proxy']) {
    for (const path of pages) {
      const answer = await request.get(portal.url + path, {
        headers: { 'x-middleware-subrequest': value },
        maxRedirects: 0,
      });
      const body = await answer.text();
      expect(body, path).not.toContain('Terrasses du Canal');
      expect([200, 303, 307, 308, 400, 404], path).toContain(answer.status());
      if (answer.status() === 200) expect(body, path).toContain('/connexion');
    }
  }
});

test('a page’s data is not to be had by its other doors without a session', async ({ request, portal }) => {
  for (const [path, headers] of [
    ['/programmes', { rsc: '1' }],
    ['/programmes?_rsc=abc', { rsc: '1', 'next-router-prefetch': '1' }],
    ['/programmes/valmont/TDC', { rsc: '1', 'next-router-segment-prefetch': '/_tree' }],
    ['/programmes.rsc', {}],
    ['/programmes/valmont/TDC.segments/_tree.segment.rsc', {}],
    ['/_next/data/x/programmes.json', {}],
  ] as const) {
    const answer = await request.get(portal.url + path, { headers, maxRedirects: 0 });
    expect(await answer.text(), path).not.toMatch(/Terrasses du Canal|TDC-L101|202.?500/);
  }
});

test('the routes of data answer 401 without a session, and nothing else', async ({ request, portal }) => {
  for (const path of [
    '/api/stock?promoter=valmont',
    '/api/stock?promoter=valmont&since=0',
    '/api/events',
    '/api/files/valmont/programme/TDC/document:plaquette',
    '/api/files/valmont/lot/TDC-L101/plan',
    '/api/denonciations/00000000-0000-4000-8000-000000000000',
    '/api/denonciations/00000000-0000-4000-8000-000000000000/accuse',
    '/api/options/00000000-0000-4000-8000-000000000000',
  ]) {
    const answer = await request.get(portal.url + path);
    expect(answer.status(), path).toBe(401);
    expect((await answer.body()).length, path).toBeLessThan(200);
  }
  const health = await request.get(`${portal.url}/api/health`);
  expect(Object.keys(await health.json()).sort()).toEqual(['status', 'version']);
});

test('a session that is not one is nobody’s, never a fault', async ({ request, portal }) => {
  for (const cookie of ['x', '%E0%A4', 'eyJhbGciOiJub25lIn0.e30.', 'a.b.c.d.e']) {
    for (const name of ['next-auth.session-token', '__Host-parvis', '__Secure-next-auth.session-token']) {
      const answer = await request.get(`${portal.url}/api/stock?promoter=valmont`, {
        headers: { cookie: `${name}=${cookie}` },
      });
      expect(answer.status(), `${name}=${cookie}`).toBe(401);
    }
  }
  const bearer = await request.get(`${portal.url}/api/stock?promoter=valmont`, {
    headers: { authorization: 'Bearer %E0%A4' },
  });
  expect(bearer.status()).toBe(401);
});

test('another cabinet’s receipt, act and option are not there', async ({ page, browser, portal, enter }) => {
  await enter(page, adviser);
  await denounced(page);
  const id = new URL(page.url()).pathname.split('/').at(-1);
  const mine = await page.request.get(`${portal.url}/api/denonciations/${id}/accuse`);
  expect(mine.status()).toBe(200);
  expect(mine.headers()['content-type']).toContain('application/pdf');
  expect(mine.headers()['cache-control']).toContain('no-store');
  const rival = await (await browser.newContext()).newPage();
  await enter(rival, rivals.first.email);
  const never = await rival.request.get(
    `${portal.url}/api/denonciations/00000000-0000-4000-8000-000000000000/accuse`,
  );
  const theirs = await rival.request.get(`${portal.url}/api/denonciations/${id}/accuse`);
  expect(theirs.status()).toBe(404);
  expect(await theirs.text()).toBe(await never.text());
  await rival.context().close();
});

test('every answer carries the headers that a browser needs', async ({ page, request, portal, enter }) => {
  await enter(page, adviser);
  for (const path of ['/programmes', '/denonciations/nouvelle', '/compte']) {
    const headers = (await page.request.get(portal.url + path)).headers();
    const policy = headers['content-security-policy'] ?? '';
    for (const word of [
      "object-src 'none'",
      "base-uri 'none'",
      "frame-ancestors 'none'",
      "'strict-dynamic'",
    ]) {
      expect(policy, path).toContain(word);
    }
    expect(policy.match(/script-src[^;]*/)?.[0], path).not.toContain('unsafe-inline');
    expect(headers['x-content-type-options'], path).toBe('nosniff');
    expect(headers['x-frame-options'], path).toBe('DENY');
    expect(headers['referrer-policy'], path).toBe('same-origin');
    expect(headers['x-powered-by'], path).toBeUndefined();
  }
  const nonce = async () => {
    const policy = (await request.get(`${portal.url}/connexion`)).headers()['content-security-policy'];
    return /'nonce-([^']+)'/.exec(policy ?? '')?.[1];
  };
  expect(await nonce()).not.toBe(await nonce());
  const stock = (await page.request.get(`${portal.url}/api/stock?promoter=valmont`)).headers();
  expect(stock['content-security-policy']).toContain("default-src 'none'");
  expect(stock['cache-control']).toContain('private');
  const cookies = await page.context().cookies();
  const session = cookies.find(({ name }) => name.includes('session'));
  expect(session).toMatchObject({ httpOnly: true, sameSite: 'Lax' });
});

test('Koban’s keys and address reach no answer of the portal', async ({ page, sandbox, enter }) => {
  test.setTimeout(360_000);
  const leaks: string[] = [];
  const reading: Promise<void>[] = [];
  page.on('response', (response) => {
    // The live stream never ends; what it carries are the stock's own rows, which /api/stock gives as well.
    if (/\.(woff2|png|ico)$|\/api\/events/.test(response.url())) return;
    reading.push(
      response.text().then(
        (body) => {
          const found = [...keys, new URL(sandbox.url).host].filter((word) => body.includes(word));
          if (found.length > 0) leaks.push(`${response.url()}: ${found.join(', ')}`);
        },
        // A redirect has no body.
        () => {},
      ),
    );
  });
  await page.goto('/connexion');
  for (const screen of publicScreens) await screen.open(page);
  await enter(page, adviser);
  await denounced(page);
  await page.request.get('/api/health');
  for (const screen of stockScreens.filter(({ as }) => as?.startsWith('claire'))) await screen.open(page);
  await Promise.all(reading);
  expect(leaks).toEqual([]);
});
