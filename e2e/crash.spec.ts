import type { BrowserContext, Page } from '@playwright/test';
import {
  askOption,
  confirmation,
  consent,
  denounced,
  dialog,
  newProspect,
  openForm,
  openLot,
  type Prospect,
  searchList,
  submit,
  typeIdentity,
} from './harness/journeys';
import { button, kobanPast, rowOf, withOption } from './harness/options';
import { cast } from './harness/people';
import { chooseBuyer, fillPreresv, reserved } from './harness/reservations';
import type { Stage } from './harness/stage';
import { expect, test } from './harness/test';

const adviser = cast.adviser.email;

// A lease of a minute must end before another process takes the act up; a reading comes half a minute after the call.
const recovery = 150_000;

/** A form filled in, in a tab of its own, ready to be sent. */
async function readyForm(
  context: BrowserContext,
  from: Page,
  prospect: Prospect,
  query: string,
): Promise<Page> {
  const page = await context.newPage();
  await page.goto(from.url());
  await openForm(page, query);
  await typeIdentity(page, prospect);
  await consent(page).check();
  return page;
}

/** The page of this prospect's act, by the list: the form that sent it may have died with the server. */
async function openAct(page: Page, at: Stage, { phone, firstName }: Prospect): Promise<void> {
  await page.goto(`${at.url}/denonciations`);
  await searchList(page, phone);
  await expect(page.locator('tr[data-act]')).toHaveCount(1);
  await page.locator('tr[data-act]').getByRole('link').click();
  await expect(page.getByRole('heading', { level: 1 })).toContainText(firstName);
}

test('killed while dénonciations wait for Koban, the server takes each up again: once, or said to be unknown', async ({
  page,
  context,
  ownPortal,
  signIn,
}) => {
  test.setTimeout(720_000);
  const { sandbox } = ownPortal;
  await signIn(page, adviser, ownPortal);
  const cases = [
    // A record with our own code may be posted again: the act goes through.
    { method: 'ncThird/PostOne', mode: 'hang-before', promoter: 'valmont', ending: 'accepted' },
    { method: 'ncThird/PostOne', mode: 'hang-after', promoter: 'valmont', ending: 'accepted' },
    // The pose may not: a reading proves it, or it stays unknown.
    { method: 'ncDenonc/Create', mode: 'hang-after', promoter: 'valmont', ending: 'accepted' },
    { method: 'ncDenonc/Create', mode: 'hang-before', promoter: 'littoral', ending: 'unknown' },
    // A check changes nothing: it is made again. The last to be sent: the server is killed while it waits.
    { method: 'ncDenonc/CheckDenonc', mode: 'hang-before', promoter: 'littoral', ending: 'accepted' },
  ];
  const acts: ((typeof cases)[number] & { prospect: Prospect; tab: Page })[] = [];
  for (const one of cases) {
    const prospect = newProspect();
    const programme = one.promoter === 'valmont' ? 'TDC' : 'LVB';
    await sandbox.fault({ method: one.method, mode: one.mode, match: prospect.email });
    const tab = await readyForm(context, page, prospect, `promoteur=${one.promoter}&programme=${programme}`);
    acts.push({ ...one, prospect, tab });
  }
  const sent = (some: typeof acts) =>
    Promise.all(
      some.map(async ({ tab, method, prospect }) => {
        await submit(tab).click();
        const asked = async () => (await sandbox.asked(prospect.email, method)).length;
        await expect.poll(asked, { message: method, timeout: 30_000 }).toBe(1);
      }),
    );
  await sent(acts.slice(0, -1));
  await sent(acts.slice(-1));
  await ownPortal.kill();
  await ownPortal.restart();

  for (const { method, mode, ending, prospect } of acts) {
    const what = `${method} ${mode}`;
    await openAct(page, ownPortal, prospect);
    // Posted again under its code, a record that exists already is written over with the same: no second one comes of it.
    const made = async () => {
      const kinds = (await sandbox.caused(prospect.email)).map(({ kind }) => kind);
      return kinds.filter((kind) => kind !== 'third-updated');
    };
    if (ending === 'accepted') {
      await expect(page.getByText('Dénonciation acceptée'), what).toBeVisible({ timeout: recovery });
      expect(await made(), what).toEqual(['third-created', 'denonciation-created']);
    } else {
      await expect(page.getByText('Résultat inconnu', { exact: true }).first(), what).toBeVisible({
        timeout: recovery,
      });
      await expect(page.getByText(/Dénonciation (acceptée|refusée)/), what).toHaveCount(0);
      expect(await made(), what).toEqual(['third-created']);
    }
    expect((await sandbox.asked(prospect.email, 'ncDenonc/Create')).length, what).toBe(1);
  }
});

test('killed while options wait for Koban, the server places one at most and says what it does not know', async ({
  page,
  browser,
  ownPortal,
  signIn,
}) => {
  test.setTimeout(720_000);
  const { sandbox } = ownPortal;
  // Nothing but the portal's own readings tells what became of them.
  await sandbox.policy('valmont', { webhooksForApiActs: false });
  const context = await browser.newContext();
  await signIn(page, adviser, ownPortal);
  await context.addCookies(await page.context().cookies());
  const acts: { method: string; mode: string; lot: string; tab: Page }[] = [];
  for (const [method, mode] of [
    ['ncOption/GetLotStatus', 'hang-before'],
    ['ncOption/Add', 'hang-before'],
    ['ncOption/Add', 'hang-after'],
  ] as const) {
    const lot = await sandbox.newLot('valmont', 'TDC');
    const prospect = await denounced(page);
    const tab = await context.newPage();
    await tab.goto(page.url());
    await openLot(tab, lot);
    await askOption(tab, prospect);
    await expect(confirmation(tab, 1)).toBeVisible();
    await sandbox.fault({ method, mode, match: lot });
    acts.push({ method, mode, lot, tab });
  }
  const asked = (lot: string, method: string) => sandbox.asked(lot, method);
  const before = await Promise.all(acts.map(({ lot, method }) => asked(lot, method)));
  await Promise.all(acts.map(({ tab }) => confirmation(tab, 1).click()));
  for (const [index, { lot, method }] of acts.entries()) {
    await expect
      .poll(async () => (await asked(lot, method)).length, { message: method })
      .toBeGreaterThan(before[index]?.length ?? 0);
  }
  await ownPortal.kill();
  for (const { tab } of acts) {
    await expect(dialog(tab).getByText('La réponse ne nous est pas parvenue')).toBeVisible();
  }
  await ownPortal.restart();

  const placed = async (lot: string) =>
    (await sandbox.effects({ kind: 'option-placed' })).filter(({ data }) => data.lot === lot).length;
  for (const { method, mode, lot } of acts) {
    const what = `${method} ${mode}`;
    const row = page.locator(`tr[data-lot="${lot}"]`);
    // Before the Add left, the act goes on from where it was; after, what became of it is not known.
    const told = method === 'ncOption/Add' ? 'Résultat inconnu' : /Rang 1|Non envoyée/;
    await expect(async () => {
      await page.goto(`${ownPortal.url}/options`);
      await expect(row, what).toContainText(told, { timeout: 2_000 });
    }).toPass({ timeout: recovery });
    const words = (await row.textContent()) ?? '';
    const effects = await placed(lot);
    if (mode === 'hang-after') expect(effects, what).toBe(1);
    else expect(effects, what).toBe(words.includes('Rang 1') ? 1 : 0);
    expect((await asked(lot, 'ncOption/Add')).length, what).toBeLessThanOrEqual(1);
  }
  // Asked again, the lost answer is the act's own, and nothing is placed a second time.
  for (const { lot, tab } of acts) {
    const effects = await placed(lot);
    await dialog(tab).getByRole('button', { name: 'Redemander la réponse' }).click();
    await expect(
      dialog(tab).getByText(/Option de rang 1 posée|Résultat inconnu|Rien n’a été posé/),
    ).toBeVisible({
      timeout: 30_000,
    });
    expect(await placed(lot)).toBe(effects);
  }
  await context.close();
});

/** Acts that change what Koban has already, or reserve it; `ready` leaves the tab where one click on `send` begins the act. */
const changes = [
  {
    method: 'ncOption/Prolong',
    effect: 'option-prolonged',
    list: 'options',
    ready: async (tab: Page, { sandbox }: Stage) => {
      const lot = await withOption(tab, sandbox);
      await button(rowOf(tab, lot), 'Prolonger').click();
      return lot;
    },
    send: 'Confirmer la prolongation',
    told: { 'hang-before': 'Prolongation, résultat inconnu', 'hang-after': 'prolongée' },
  },
  {
    method: 'ncOption/Undo',
    effect: 'option-cancelled',
    list: 'options',
    ready: async (tab: Page, { sandbox }: Stage) => {
      const lot = await withOption(tab, sandbox);
      await button(rowOf(tab, lot), 'Annuler l’option').click();
      await dialog(tab).getByRole('textbox', { name: 'Motif' }).fill('Financement refusé');
      return lot;
    },
    send: 'Confirmer l’annulation',
    // Koban no longer shows it: nothing proves that it was by this act.
    told: { 'hang-before': 'Annulation, résultat inconnu', 'hang-after': 'rien ne prouve de quel fait' },
  },
  {
    method: 'ncPreresv/Add',
    effect: 'preresv-placed',
    list: 'reservations',
    ready: async (tab: Page, { sandbox }: Stage) => {
      const lot = await sandbox.newLot('valmont', 'TDC');
      const prospect = await denounced(tab);
      await openLot(tab, lot);
      await tab.getByRole('link', { name: 'Réserver' }).click();
      await chooseBuyer(tab, prospect);
      await fillPreresv(tab);
      return lot;
    },
    send: 'Préréserver',
    // A lot that is pre-reserved may be a rival's.
    told: { 'hang-before': 'Résultat inconnu', 'hang-after': 'Résultat inconnu' },
  },
  {
    method: 'ncPreresv/Desist',
    effect: 'reservation-withdrawn',
    list: 'reservations',
    ready: async (tab: Page, { sandbox }: Stage) => {
      const lot = await sandbox.newLot('valmont', 'TDC');
      await reserved(tab, lot);
      await tab.getByRole('button', { name: 'Désister' }).click();
      await dialog(tab).getByLabel('Motif du désistement').fill('Prêt refusé par la banque');
      return lot;
    },
    send: 'Confirmer le désistement',
    told: { 'hang-before': 'désistement : résultat inconnu', 'hang-after': 'Désistée' },
  },
] as const;

test('killed while options are changed, lots reserved and withdrawn, the server does each once at most and says what it knows', async ({
  page,
  browser,
  ownPortal,
  signIn,
}) => {
  test.setTimeout(960_000);
  const { sandbox } = ownPortal;
  // Nothing but the portal's own readings tells what became of them.
  await sandbox.policy('valmont', { webhooksForApiActs: false });
  const context = await browser.newContext();
  await signIn(page, adviser, ownPortal);
  await kobanPast(sandbox, 10);
  await context.addCookies(await page.context().cookies());
  const acts: {
    change: (typeof changes)[number];
    mode: 'hang-before' | 'hang-after';
    lot: string;
    tab: Page;
  }[] = [];
  for (const change of changes) {
    for (const mode of ['hang-before', 'hang-after'] as const) {
      const tab = await context.newPage();
      await tab.goto(page.url());
      const lot = await change.ready(tab, ownPortal);
      await sandbox.fault({ method: change.method, mode, match: lot });
      acts.push({ change, mode, lot, tab });
    }
  }
  await Promise.all(acts.map(({ change, tab }) => button(tab, change.send).click()));
  for (const { change, lot } of acts) {
    await expect
      .poll(async () => (await sandbox.asked(lot, change.method)).length, {
        message: change.method,
        timeout: 30_000,
      })
      .toBe(1);
  }
  await ownPortal.kill();
  await context.close();
  await ownPortal.restart();

  for (const { change, mode, lot } of acts) {
    const what = `${change.method} ${mode}`;
    await expect(async () => {
      await page.goto(`${ownPortal.url}/${change.list}`);
      await expect(rowOf(page, lot), what).toContainText(change.told[mode], { timeout: 2_000 });
    }).toPass({ timeout: recovery });
    const effects = await sandbox.effects({ kind: change.effect });
    expect(effects.filter(({ data }) => data.lot === lot).length, what).toBe(mode === 'hang-after' ? 1 : 0);
    expect(await sandbox.asked(lot, change.method), what).toHaveLength(1);
  }
});

test('killed anywhere between the phases, an act ends once', async ({ page, context, ownPortal, signIn }) => {
  test.setTimeout(720_000);
  const { sandbox } = ownPortal;
  await signIn(page, adviser, ownPortal);
  const prospects = [newProspect(), newProspect(), newProspect()];
  const tabs: Page[] = [];
  for (const prospect of prospects) {
    tabs.push(await readyForm(context, page, prospect, 'promoteur=valmont&programme=TDC'));
  }
  // Slow enough that a kill falls within a phase of one and between two phases of another.
  await sandbox.fault({ method: '*', mode: 'slow', delayMs: 400, remaining: null });
  for (const tab of tabs) await submit(tab).click();
  const last = prospects.at(-1)?.email ?? '';
  await expect.poll(async () => (await sandbox.asked(last)).length, { timeout: 30_000 }).toBeGreaterThan(0);
  await ownPortal.kill();
  await sandbox.clearFaults();
  await ownPortal.restart();
  for (const prospect of prospects) {
    const { email } = prospect;
    await openAct(page, ownPortal, prospect);
    await expect(page.getByText(/Dénonciation acceptée|Résultat inconnu/).first()).toBeVisible({
      timeout: recovery,
    });
    const accepted = await page.getByText('Dénonciation acceptée').isVisible();
    const kinds = (await sandbox.caused(email)).map(({ kind }) => kind);
    const made = kinds.filter((kind) => kind !== 'third-updated');
    if (accepted) expect(made, email).toEqual(['third-created', 'denonciation-created']);
    expect(new Set(made).size, email).toBe(made.length);
    expect((await sandbox.asked(email, 'ncDenonc/Create')).length, email).toBeLessThanOrEqual(1);
  }
});
