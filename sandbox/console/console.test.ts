import { expect, test } from 'vitest';
import { BASE, freeLot, testSandbox } from '../testing';

function browser() {
  const { sandbox, account } = testSandbox();
  const lot = freeLot(account);
  const page = async (path: string) => (await sandbox.fetch(`${BASE}/console${path}`)).text();
  const press = async (act: string, form: Record<string, string> = {}) => {
    const response = await sandbox.fetch(`${BASE}/console/valmont/lots/${lot.extcode}/${act}`, {
      method: 'POST',
      body: new URLSearchParams(form),
    });
    expect(response.status).toBe(303);
    return page((response.headers.get('location') ?? '').replace('/console', ''));
  };
  return { sandbox, account, lot, page, press };
}

test('pages lead from the accounts to a lot', async () => {
  const { page, lot } = browser();
  expect(await page('')).toContain('href="/console/valmont"');
  expect(await page('/valmont')).toContain(`/console/valmont/programmes/${lot.programme}`);
  expect(await page(`/valmont/programmes/${lot.programme}?statut=LIBRE`)).toContain(
    `data-lot="${lot.extcode}"`,
  );
  expect(await page(`/valmont/programmes/${lot.programme}?statut=RESV`)).not.toContain(
    `data-lot="${lot.extcode}"`,
  );
  expect(await page(`/valmont/lots/${lot.extcode}`)).toContain('Poser l’option');
});

test('an option is placed, prolonged once, cancelled; the cause is the console', async () => {
  const { press, lot, sandbox } = browser();
  expect(await press('poser-option')).toContain('Indiquez le nom du prospect');
  expect(await press('poser-option', { Label: '<b>Aubry</b>' })).toContain(
    '&lt;b&gt;Aubry&lt;/b&gt;, jusqu’au',
  );
  await press('prolonger-option', { rank: '1', until: '2026-06-20T18:00' });
  expect(lot.options).toMatchObject([{ prolongedTo: Date.parse('2026-06-20T16:00:00Z') }]);
  expect(await press('prolonger-option', { rank: '1', until: '2026-06-21T18:00' })).toContain(
    'Refusé : La prolongation',
  );
  expect(await press('annuler-option', { rank: '1' })).toContain('Option de rang 1 annulée.');
  expect(lot).toMatchObject({ options: [], status: 'LIBRE' });
  expect(sandbox.state.ledger.effects().map(({ kind, cause }) => [kind, cause.origin])).toContainEqual([
    'option-cancelled',
    'console',
  ]);
});

test('price, status, withdrawal and return', async () => {
  const { press, lot } = browser();
  expect(await press('prix', { price: '215 500,50 €' })).toContain('Prix modifié.');
  expect(lot.priceCents).toBe(21_550_050);
  expect(await press('prix', { price: 'cher' })).toContain('Prix illisible.');
  await press('statut', { status: 'BLOQUE' });
  expect(lot.status).toBe('BLOQUE');
  expect(await press('retirer')).toContain('Remettre le lot');
  expect(lot.withdrawn).toBe(true);
  await press('remettre');
  expect(lot.withdrawn).toBe(false);
});

test('a reservation is opened, validated, withdrawn', async () => {
  const { press, lot } = browser();
  expect(await press('prereserver', { Label: 'Aubry' })).toContain('Valider la réservation');
  expect(await press('valider-reservation')).toContain('Réservation validée');
  expect(lot.status).toBe('RESV');
  expect(await press('desister')).toContain('Désistement enregistré');
  expect(lot).toMatchObject({ status: 'LIBRE', preresv: null });
});
