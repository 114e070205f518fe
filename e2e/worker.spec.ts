import { randomBytes } from 'node:crypto';
import { type Cluster, startCluster } from '../scripts/postgres';
import { denounce, newProspect, signInAt, step } from './harness/journeys';
import { cast } from './harness/people';
import { Stage } from './harness/stage';
import { expect, test } from './harness/test';

const secret = () => randomBytes(32).toString('base64');
const { adviser } = cast;

let cluster: Cluster;
test.beforeAll(async () => {
  cluster = await startCluster();
});
test.afterAll(() => cluster.stop());

test('on PostgreSQL, with WORKER=off: the server answers people, and the worker does what nobody asks for', async ({
  page,
}) => {
  test.setTimeout(360_000);
  const portal = await Stage.open({
    DATABASE_URL: cluster.url,
    NEXTAUTH_SECRET: secret(),
    APP_ENCRYPTION_KEY: secret(),
    WORKER: 'off',
  });
  try {
    await signInAt(page, portal.url, adviser);
    await page.goto(`${portal.url}/programmes`);
    // Without a worker nobody asks Koban for its stock; what the promoters have is not known, and not said to be nothing.
    await expect(page.getByText('Premier chargement du stock de Groupe Valmont')).toBeVisible();
    await expect(page.getByText('Koban n’a encore jamais donné ce stock.').first()).toBeVisible();
    await expect(page.getByText('Aucun programme pour l’instant')).toHaveCount(0);
    await page.goto(`${portal.url}/denonciations/nouvelle`);
    await expect(page.getByText('Programmes pas encore reçus')).toBeVisible();
    await page.goto(`${portal.url}/programmes`);
    await expect(page.getByText('Premier chargement du stock de Groupe Valmont')).toBeVisible();
    expect(await portal.sandbox.calls({ method: 'ncDeal/GetUpdated' })).toEqual([]);

    await portal.sandbox.fault({ method: 'ncDeal/GetUpdated', mode: 'refuse', remaining: null });
    const worker = portal.openWorker();
    // Its programmes are known, its lots are not: neither the list nor the programme says that there is none.
    const card = page.getByRole('article').filter({ hasText: 'Les Terrasses du Canal' });
    await expect(card.getByText('Lots pas encore reçus')).toBeVisible({ timeout: 60_000 });
    await expect(page.getByText('Aucun lot libre')).toHaveCount(0);
    await card.getByRole('link').click();
    await expect(page.getByRole('heading', { level: 1, name: 'Les Terrasses du Canal' })).toBeVisible();
    await expect(page.getByText('Koban n’a pas encore donné tout le stock de ce promoteur.')).toBeVisible();
    await expect(page.getByText('Aucun lot dans ce programme')).toHaveCount(0);
    await portal.sandbox.clearFaults();
    // The breaker lets one reading through half a minute after the last failure.
    await expect(page.locator('[data-lot]').first()).toBeVisible({ timeout: 120_000 });

    const prospect = newProspect();
    await portal.sandbox.fault({ method: 'ncDenonc/Create', mode: 'reset-after', match: prospect.email });
    await denounce(page, prospect);
    await expect(page.getByText('Résultat inconnu', { exact: true }).first()).toBeVisible();
    // Read back half a minute after it was sent, by the worker.
    await expect(page.getByText('Dénonciation acceptée')).toBeVisible({ timeout: 80_000 });
    await expect(step(page, 'Pose de la dénonciation')).toContainText('confirmée par relecture');

    await worker.stop();
    expect(await worker.ended).toMatchObject({ ok: true });
  } finally {
    await portal.close();
  }
});
