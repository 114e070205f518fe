import { test as base, expect } from '@playwright/test';
import { Stage } from '../stage';
import { OPTION_HOURS, OtherKoban } from './koban';
import { codes, type Deal, deals, fieldIds } from './stock';

const password = 'un quai sous la brume';

/** Who works with this promoter; the adviser is invited, and has no password yet. */
export const people = {
  adviser: { email: 'zoe.marchal@estuaire.exemple', name: 'Zoé Marchal' },
  rival: { email: 'ivan.petit@dunes.exemple', name: 'Ivan Petit', password },
  watcher: { email: 'nina.bosc@dunes.exemple', name: 'Nina Bosc', password },
  staff: { email: 'remi.quay@quais.exemple', name: 'Rémi Quay', password },
};

export const slug = 'quais';
/** The cabinet's own third in Koban, as its administrator made it. */
export const cabinetGuid = '5F1E0000000000000000CAB1';

const webhook = { token: 'porte-des-quais-4f8a1c', secret: 'le sel des marais 2031' };

const field = (fieldId: string, key: string, label: string, type: string) => ({ fieldId, key, label, type });

const provisioning = {
  promoters: [
    {
      slug,
      name: 'Quais & Associés',
      webhook: { token: webhook.token },
      staff: [people.staff],
      settings: {
        optionHours: OPTION_HOURS,
        optionHoursMax: 120,
        fields: [
          field(fieldIds.surface, 'surface', 'Surface', 'area'),
          field(fieldIds.through, 'through', 'Traversant', 'boolean'),
          field(fieldIds.handover, 'handover', 'Remise des clés', 'date'),
        ],
      },
    },
  ],
  cabinets: [
    {
      name: 'Estuaire Conseil',
      partners: [people.adviser],
      conventions: [{ promoter: slug, programmes: [String(codes.programme)], kobanGuid: cabinetGuid }],
    },
    {
      name: 'Dunes Patrimoine',
      partners: [people.rival, people.watcher],
      conventions: [{ promoter: slug, programmes: 'all' }],
    },
  ],
};

/** Tests of one file share this Koban and its portal, which knows nothing of it but the settings and the provisioning file. */
export const test = base.extend<object, { lots: Deal[]; koban: OtherKoban; portal: Stage }>({
  lots: [deals(), { scope: 'worker', option: true }],
  koban: [
    async ({ lots }, use) => {
      const koban = await OtherKoban.open(lots);
      await use(koban);
      await koban.close();
    },
    { scope: 'worker' },
  ],
  portal: [
    async ({ koban }, use) => {
      const stage = await Stage.openElsewhere(provisioning, {
        KOBAN_URL: koban.url,
        KOBAN_API_KEY: koban.apiKey,
        KOBAN_USER_KEY: koban.userKey,
        KOBAN_WEBHOOK_SECRET: webhook.secret,
        // Too long for a test to wait: what changes in Koban is learnt from its calls and from our own acts.
        SYNC_SECONDS: '30',
      });
      koban.portal = { base: `${stage.url}/api/webhooks/koban/${webhook.token}/`, secret: webhook.secret };
      await use(stage);
      await stage.close();
    },
    { scope: 'worker', timeout: 120_000 },
  ],
  baseURL: ({ portal }, use) => use(portal.url),
});

test.afterEach(async ({ portal, koban }, testInfo) => {
  expect(koban.oddities).toEqual([]);
  if (testInfo.status === testInfo.expectedStatus) return;
  await testInfo.attach('portal.log', { body: portal.log.join('\n'), contentType: 'text/plain' });
});
