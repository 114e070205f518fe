import { globSync, readFileSync } from 'node:fs';
import type { Browser } from '@playwright/test';
import { actRows, doorRows, type Place, type Role, roles } from './harness/access-matrix';
import {
  chooseProgramme,
  denounced,
  newProspect,
  openForm,
  openLot,
  placeOption,
  send,
  typeIdentity,
} from './harness/journeys';
import { cast, rivals } from './harness/people';
import { reserved } from './harness/reservations';
import type { SandboxControl } from './harness/sandbox';
import type { Stage } from './harness/stage';
import { expect, test } from './harness/test';

const addresses: Record<Exclude<Role, 'nobody'>, string> = {
  adviser: cast.adviser.email,
  manager: cast.manager.email,
  rival: rivals.first.email,
  staff: 'antoine.delmas@valmont.exemple',
  stranger: 'yann.kermarec@littoral.exemple',
  operator: 'exploitation@parvis.exemple',
};

const notBench = (path: string) => !path.includes('.bench.');
const unique = (all: string[]) => [...new Set(all)].sort();

/** Every action that the build lets a browser post, by the name under which it is posted. */
function exposed(): { id: string; file: string; name: string }[] {
  const { node } = JSON.parse(readFileSync('.next/server/server-reference-manifest.json', 'utf8')) as {
    node: Record<string, { filename: string; exportedName: string }>;
  };
  return Object.entries(node).map(([id, { filename, exportedName }]) => ({
    id,
    file: filename,
    name: exportedName,
  }));
}

test.describe('the matrix of access has a row', () => {
  test('for every page and every route of the source', () => {
    const found = globSync('app/**/{page.tsx,route.ts}').filter(notBench);
    expect(unique(doorRows.map(({ file }) => file))).toEqual(unique(found));
  });

  test('for every server action of the source, and for every one that the build exposes', () => {
    const sources = globSync('{app,components,lib}/**/*.{ts,tsx}').flatMap((file) => {
      const text = readFileSync(file, 'utf8');
      // An action within a component would have no name to stand under.
      expect(text, file).not.toMatch(/^\s+['"]use server['"]/m);
      if (!/^['"]use server['"]/m.test(text)) return [];
      const names = [...text.matchAll(/^export (?:const|async function) (\w+)/gm)];
      return names.map(([, name]) => `${file} ${name}`);
    });
    const declared = unique(actRows.map(({ file, name }) => `${file} ${name}`));
    expect(declared).toEqual(unique(sources));
    expect(declared).toEqual(unique(exposed().map(({ file, name }) => `${file} ${name}`)));
  });
});

type Sessions = Record<Role, string>;

/** One session for each role, as the header that a program would send. */
async function enterAll(
  browser: Browser,
  stage: Stage,
  enter: (page: Awaited<ReturnType<Browser['newPage']>>, email: string, at: Stage) => Promise<void>,
): Promise<Sessions> {
  const sessions = { nobody: '' } as Sessions;
  for (const [role, email] of Object.entries(addresses) as [Role, string][]) {
    const page = await (await browser.newContext({ baseURL: stage.url })).newPage();
    await enter(page, email, stage);
    const cookies = await page.context().cookies();
    sessions[role] = cookies.map(({ name, value }) => `${name}=${value}`).join('; ');
    await page.context().close();
  }
  return sessions;
}

/** Acts of the adviser's, and whatever else an address of the matrix names. */
async function furnish(
  browser: Browser,
  stage: Stage,
  sandbox: SandboxControl,
  enter: (page: Awaited<ReturnType<Browser['newPage']>>, email: string, at: Stage) => Promise<void>,
): Promise<Record<Place, string>> {
  const pageOf = async (role: Exclude<Role, 'nobody'>) => {
    const page = await (await browser.newContext({ baseURL: stage.url, locale: 'fr-FR' })).newPage();
    await enter(page, addresses[role], stage);
    return page;
  };
  const adviser = await pageOf('adviser');
  const last = () => new URL(adviser.url()).pathname.split('/').at(-1) ?? '';
  await reserved(adviser, await sandbox.newLot('valmont', 'TDC'));
  const reservation = last();
  const lot = await sandbox.newLot('valmont', 'TDC');
  const prospect = await denounced(adviser);
  const denonciation = last();
  await openLot(adviser, lot);
  await placeOption(adviser, prospect);
  await adviser.goto('/options');
  const row = adviser.locator(`[data-option][data-lot="${lot}"]`);
  const option = (await row.getAttribute('data-option')) ?? '';
  // One form for two programmes has a page of its own.
  await openForm(adviser);
  await typeIdentity(adviser, newProspect());
  await chooseProgramme(adviser, 'Cour Lumière');
  await send(adviser);
  const envoi = new URL(adviser.url()).searchParams.get('envoi') ?? '';

  await adviser.goto('/compte');
  const calendar = adviser.getByRole('region', { name: 'Calendrier' });
  await calendar.getByRole('button', { name: 'Créer mon adresse' }).click();
  const address = calendar.getByLabel('Adresse du calendrier');
  await expect(address).toHaveValue(/\.ics$/);
  const { pathname } = new URL(await address.inputValue());
  await adviser.context().close();

  const staff = await pageOf('staff');
  await staff.goto('/admin/partenaires');
  // A cabinet that has no convention with the other promoter.
  const cabinet = await staff.getByRole('link', { name: 'Cabinet Lemoine & Associés' }).getAttribute('href');
  await staff.context().close();
  const desk = await pageOf('operator');
  await expect(async () => {
    await desk.goto('/operateur/courrier');
    await desk.getByRole('main').getByRole('link').first().click({ timeout: 1_000 });
    await expect(desk).toHaveURL(/courrier\/./, { timeout: 1_000 });
  }).toPass({ timeout: 40_000 });
  const mail = new URL(desk.url()).pathname.split('/').at(-1) ?? '';
  await desk.context().close();
  return {
    ...{ denonciation, option, reservation, lot, mail, calendar: pathname, envoi },
    cabinet: cabinet?.split('/').at(-1) ?? '',
  };
}

/** What somebody gets at an address, visited or sent a form: a status, or where they are led. */
async function visited(url: string, cookie: string, form?: URLSearchParams): Promise<string> {
  const left = new AbortController();
  const answer = await fetch(url, {
    ...(form && { method: 'POST', body: form }),
    redirect: 'manual',
    headers: { cookie, ...(form && { origin: new URL(url).origin, 'sec-fetch-site': 'same-origin' }) },
    signal: left.signal,
  });
  const page = answer.headers.get('content-type')?.startsWith('text/html') === true;
  // What is drawn piece by piece has said 200 before it knows: it then leads on by its body.
  const body = page ? await answer.text() : '';
  left.abort();
  const to = answer.headers.get('location') ?? /NEXT_REDIRECT;\w+;([^;]+);/.exec(body)?.[1];
  if (to !== undefined) return new URL(to, url).pathname === '/connexion' ? 'in' : 'home';
  return String(answer.status);
}

/** How far an action lets somebody who posts it from a page of the portal. */
async function posted(url: string, id: string, cookie: string): Promise<string> {
  const answer = await fetch(`${url}/mot-de-passe-oublie`, {
    method: 'POST',
    redirect: 'manual',
    headers: {
      ...{ cookie, origin: url, 'sec-fetch-site': 'same-origin', 'next-action': id },
      'content-type': 'text/plain;charset=UTF-8',
    },
    // An input, and for the actions of forms the state before it: neither says anything.
    body: '[{},{}]',
  });
  const body = await answer.text();
  if (answer.status === 404) return 'unknown';
  if (body.includes('"serverError":"signed-out"')) return 'out';
  if (body.includes('"serverError":"forbidden"')) return 'no';
  return body.includes('"serverError":"foreign-origin"') ? 'foreign' : 'ok';
}

test('every page, route and action gives each role what the matrix declares, on the running server', async ({
  browser,
  ownPortal: stage,
  enter,
}) => {
  test.setTimeout(600_000);
  const places = await furnish(browser, stage, stage.sandbox, enter);
  const sessions = await enterAll(browser, stage, enter);
  const wrong: string[] = [];
  const compare = (what: string, role: Role, expected: string, got: string) => {
    if (got !== expected) wrong.push(`${what}, ${role}: ${got} and not ${expected}`);
  };
  for (const { file, name, cells } of doorRows) {
    const path = name.replace('POST:', '').replace(/\{(\w+)\}/g, (_all, place: Place) => places[place]);
    const form = name.startsWith('POST:') ? new URLSearchParams() : undefined;
    for (const role of roles)
      compare(`${file} at ${name}`, role, cells[role], await visited(stage.url + path, sessions[role], form));
  }
  const ids = new Map(exposed().map(({ id, file, name }) => [`${file} ${name}`, id]));
  for (const { file, name, cells } of actRows) {
    const id = ids.get(`${file} ${name}`) ?? '';
    for (const role of roles) compare(name, role, cells[role], await posted(stage.url, id, sessions[role]));
  }
  expect(wrong).toEqual([]);
});
