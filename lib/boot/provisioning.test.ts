import { sql } from 'drizzle-orm';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { findLinkHolder } from '@/lib/accounts/queries';
import { verifyPassword } from '@/lib/auth/password';
import { asPromoterId } from '@/lib/core/mint';
import { type Database, rowsOf } from '@/lib/db/client';
import { account, cabinet, convention, conventionProgramme, promoter } from '@/lib/db/schema/all';
import { asSystem } from '@/lib/db/tenancy';
import { testDatabase } from '@/lib/db/testing';
import { openKeys } from '@/lib/promoters/change-koban-access';
import { kobanFor } from '@/lib/promoters/queries';
import { applyProvisioning } from './apply-provisioning';
import { provisionFromSettings } from './provision-from-settings';
import { ProvisioningFault, readProvisioning } from './read-provisioning';

let db: Database;
beforeEach(async () => {
  db = await testDatabase();
});
afterEach(() => db.close());

const file = {
  promoters: [
    {
      slug: 'valmont',
      name: 'Groupe Valmont',
      koban: { url: 'http://127.0.0.1:4001/api/v1', apiKey: 'api-key', userKey: 'user-key' },
      webhook: { token: 'jeton', secret: 'un secret bien long' },
      settings: {
        optionHours: 48,
        fields: [{ fieldId: 'f1', key: 'surface', label: 'Surface', type: 'area' }],
      },
      staff: [{ email: 'Staff@Valmont.fr', name: 'Sam Val', password: 'court' }],
    },
    { slug: 'rivage', name: 'Rivage' },
  ],
  cabinets: [
    {
      name: 'Ormeau Patrimoine',
      siren: '123 456 789',
      partners: [
        { email: 'c.lenoir@ormeau.fr', name: 'Claire Lenoir', password: 'lune verte', role: 'manager' },
        { email: 'invite@ormeau.fr', name: 'Invité' },
      ],
      conventions: [
        { promoter: 'valmont', programmes: ['P1', 'P2', 'P1'], kobanGuid: null, maxOptions: 10 },
        { promoter: 'rivage', programmes: 'all', validUntil: '2030-12-31' },
      ],
    },
  ],
  operators: [{ email: 'op@parvis.fr', name: 'Opé' }],
};
const fallbacks = {
  koban: { url: 'https://koban.example/api/v1', apiKey: 'env-api', userKey: 'env-user' },
  webhookSecret: 'a secret of the settings',
};
const read = (value: unknown) => readProvisioning(JSON.stringify(value));

/** Every row of every table, so that « changes nothing » means nothing. */
async function everything(): Promise<unknown> {
  const tables = await rowsOf<{ name: string }>(
    db.orm,
    sql`select tablename as name from pg_tables where schemaname = 'public' order by 1`,
  );
  const all: Record<string, unknown> = {};
  for (const { name } of tables)
    all[name] = await rowsOf(db.orm, sql.raw(`select * from "${name}" order by 1, 2`));
  return all;
}

describe('a provisioning file', () => {
  it('fills an empty database, and applied again changes nothing', async () => {
    expect(await applyProvisioning(read(file), fallbacks)).toBe(true);
    const promoters = await asSystem((tx) => tx.select().from(promoter).orderBy(promoter.slug));
    expect(promoters).toMatchObject([
      { slug: 'rivage', kobanUrl: 'https://koban.example/api/v1', settings: { optionHours: 72, fields: [] } },
      {
        slug: 'valmont',
        webhookToken: 'jeton',
        settings: {
          optionHours: 48,
          optionHoursMax: 168,
          fields: [{ key: 'surface', on: 'lot' }],
          documentHosts: [],
        },
      },
    ]);
    const accounts = await asSystem((tx) => tx.select().from(account).orderBy(account.email));
    expect(accounts).toMatchObject([
      { email: 'c.lenoir@ormeau.fr', role: 'manager' },
      { email: 'invite@ormeau.fr', role: 'adviser', passwordHash: null },
      { email: 'op@parvis.fr', role: 'operator', passwordHash: null },
      { email: 'staff@valmont.fr', role: 'staff', promoterId: promoters[1]?.id },
    ]);
    expect(await verifyPassword(accounts[0]?.passwordHash ?? null, 'lune verte')).toBe(true);
    expect(await asSystem((tx) => tx.select().from(cabinet))).toMatchObject([
      { siren: '123456789', orias: null },
    ]);
    const conventions = await asSystem((tx) =>
      tx.select().from(convention).orderBy(convention.allProgrammes),
    );
    expect(conventions).toMatchObject([
      { allProgrammes: false, maxOptions: 10, validUntil: null },
      { allProgrammes: true, maxOptions: null, validUntil: '2030-12-31' },
    ]);
    const granted = await asSystem((tx) => tx.select().from(conventionProgramme));
    expect(granted.map(({ programmeCode }) => programmeCode).sort()).toEqual(['P1', 'P2']);

    const before = await everything();
    expect(await applyProvisioning(read(file), fallbacks)).toBe(false);
    const renamed = { ...file, promoters: file.promoters.map((one) => ({ ...one, name: 'Autre' })) };
    expect(await applyProvisioning(read(renamed), fallbacks)).toBe(false);
    expect(await everything()).toEqual(before);
  });

  it('keeps no key or password in clear, and opens each promoter’s own Koban', async () => {
    await applyProvisioning(read(file), fallbacks);
    const text = JSON.stringify(await everything());
    for (const secret of [
      'api-key',
      'user-key',
      'env-api',
      'env-user',
      'un secret',
      'a secret of',
      'lune verte',
      'court',
    ]) {
      expect(text).not.toContain(secret);
    }
    const promoters = await asSystem((tx) => tx.select().from(promoter).orderBy(promoter.slug));
    const [rivage, valmont] = promoters;
    expect(openKeys(valmont?.kobanKeysSealed ?? '', valmont?.id ?? '')).toEqual({
      apiKey: 'api-key',
      userKey: 'user-key',
    });
    expect(() => openKeys(valmont?.kobanKeysSealed ?? '', rivage?.id ?? '')).toThrow();
    const client = await kobanFor(asPromoterId(valmont?.id ?? ''));
    expect(await kobanFor(asPromoterId(valmont?.id ?? ''))).toBe(client);
    expect(client.breakerState()).toBe('closed');
  });

  it('is applied whole or not at all', async () => {
    const twice = read(file);
    const [first] = twice.cabinets;
    if (first) twice.cabinets.push({ ...first, partners: [], siren: '123456789' });
    await expect(applyProvisioning(twice, fallbacks)).rejects.toThrow();
    expect(await asSystem((tx) => tx.select().from(promoter))).toEqual([]);
    expect(await applyProvisioning(read(file), fallbacks)).toBe(true);
  });

  it('needs access to Koban from somewhere', async () => {
    const none = { koban: null, webhookSecret: null };
    await expect(applyProvisioning(read(file), none)).rejects.toThrow(
      'promoters[1].koban: is missing, and KOBAN_URL, KOBAN_API_KEY and KOBAN_USER_KEY are not all set',
    );
  });
});

describe('a malformed file', () => {
  const [valmont] = file.promoters;
  const [ormeau] = file.cabinets;
  const withConvention = (entry: unknown) => ({ ...file, cabinets: [{ ...ormeau, conventions: [entry] }] });
  const withStaff = (entry: unknown) => ({ ...file, promoters: [{ ...valmont, staff: [entry] }] });
  const cases: [string, unknown, string][] = [
    ['no promoters', {}, 'promoters: is missing'],
    ['an empty list', { promoters: [] }, 'promoters: must name at least one promoter'],
    ['a list for a file', [], 'the file: must be an object'],
    [
      'an unknown promoter',
      withConvention({ promoter: 'x', programmes: 'all' }),
      'cabinets[0].conventions[0].promoter: is the slug of no promoter of this file',
    ],
    [
      'programmes left out',
      withConvention({ promoter: 'valmont', programs: 'all' }),
      'cabinets[0].conventions[0].programmes: must be "all" or a list of programme codes',
    ],
    [
      'a day that is none',
      withConvention({ promoter: 'valmont', programmes: 'all', validFrom: '2026-02-30' }),
      'cabinets[0].conventions[0].validFrom: must be a day, as 2026-12-31',
    ],
    [
      'a bad address',
      withStaff({ email: 'x', name: 'X' }),
      'promoters[0].staff[0].email: must be an e-mail address',
    ],
    ['no name', withStaff({ email: 'x@y.fr' }), 'promoters[0].staff[0].name: is missing'],
    [
      'an address used twice',
      withStaff({ email: 'C.Lenoir@ormeau.fr', name: 'X' }),
      'cabinets[0].partners[0].email: repeats an e-mail address given above',
    ],
    [
      'a bad role',
      {
        ...file,
        cabinets: [{ ...ormeau, conventions: [], partners: [{ email: 'a@b.fr', name: 'A', role: 'boss' }] }],
      },
      'cabinets[0].partners[0].role: must be one of "adviser", "manager"',
    ],
    [
      'a Koban address without a scheme',
      { promoters: [{ ...valmont, koban: { url: 'koban.fr', apiKey: 'a', userKey: 'b' } }] },
      'promoters[0].koban.url: must begin with http:// or https://',
    ],
    [
      'an option life beyond its maximum',
      { promoters: [{ ...valmont, settings: { optionHours: 200 } }] },
      'promoters[0].settings.optionHours: must not exceed optionHoursMax',
    ],
    [
      'a slug with a space',
      { promoters: [{ ...valmont, slug: 'Groupe V' }] },
      'promoters[0].slug: must be small letters, digits and single hyphens',
    ],
  ];
  it.each(cases)('with %s is told by its path', (_name, value, sentence) => {
    const fault = (() => {
      try {
        return read(value);
      } catch (error) {
        return error;
      }
    })();
    expect(fault).toBeInstanceOf(ProvisioningFault);
    expect((fault as Error).message.split('; ')).toContain(sentence);
  });

  it('that is not JSON is told by its place, quoting none of it', () => {
    const text = '{"promoters": [{"apiKey": "SECRET" "x"}]}';
    expect(() => readProvisioning(text)).toThrow(/^it is not JSON \(line 1 column 36\)$/);
  });
});

describe('KOBAN_URL alone', () => {
  const access = { url: 'https://app.koban-client.example/api/v1', apiKey: 'k1', userKey: 'k2' };

  it('makes one promoter and links to its first account until it has one', async () => {
    const link = await provisionFromSettings(access, undefined);
    expect(link).toMatch(/^http:\/\/localhost:3000\/premier-compte\/[\w-]{43}$/);
    const [made] = await asSystem((tx) => tx.select().from(promoter));
    expect(made).toMatchObject({ slug: 'app-koban-client-example', kobanUrl: access.url });
    const newer = await provisionFromSettings(access, undefined);
    const secret = (href: string | null) => href?.split('/').at(-1) ?? '';
    expect(await findLinkHolder('first-account', secret(link))).toBeNull();
    expect(await findLinkHolder('first-account', secret(newer))).not.toBeNull();
    await asSystem((tx) =>
      tx.insert(account).values({ email: 'a@b.fr', name: 'A', role: 'staff', promoterId: made?.id }),
    );
    expect(await provisionFromSettings(access, undefined)).toBeNull();
    expect(await asSystem((tx) => tx.select().from(promoter))).toHaveLength(1);
  });

  it('follows changed keys, and leaves several promoters alone', async () => {
    await provisionFromSettings(access, undefined);
    await provisionFromSettings({ ...access, apiKey: 'k3' }, undefined);
    const [row] = await asSystem((tx) => tx.select().from(promoter));
    expect(openKeys(row?.kobanKeysSealed ?? '', row?.id ?? '')).toEqual({ apiKey: 'k3', userKey: 'k2' });
    await db.close();
    db = await testDatabase();
    await applyProvisioning(read(file), fallbacks);
    const before = await everything();
    expect(await provisionFromSettings(access, undefined)).toBeNull();
    expect(await everything()).toEqual(before);
  });
});
