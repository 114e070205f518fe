import { expect, test } from 'vitest';
import { checkLayout } from './violations';

/** The errors of a tree that holds one file, without its name. */
function faults(file: string, text = 'export {};'): string[] {
  return checkLayout(new Map([[file, text]])).errors.map((error) => error.slice(file.length + 2));
}
const importing = (...modules: string[]) => modules.map((each) => `import '${each}';`).join('\n');

test.each([
  [
    'lib/options/place-option.ts',
    ['@/lib/stock/queries', '@/lib/denonciations/rules', './queries', '@/lib/koban/client'],
  ],
  ['lib/options/actions.ts', ['./place-option', '@/lib/auth/session', 'next/cache']],
  ['lib/options/rules.ts', ['zod', '@/lib/core/half-hours', '@/lib/stock/rules']],
  ['lib/webhooks/receive-option.ts', ['@/lib/options/place-option', '@/lib/stock/refresh-lot']],
  [
    'components/options/dialog.tsx',
    ['@/components/ui/dialog', '@/components/stock/badge', '@/lib/options/actions', 'next/link'],
  ],
  ['app/options/page.tsx', ['@/components/options/dialog', '@/lib/options/loaders', '@/lib/auth/session']],
  ['app/api/webhooks/route.ts', ['@/lib/webhooks/receive-event']],
  ['lib/options/place-option.test.ts', ['@/sandbox/app', '@/lib/db/testing', '@/lib/reservations/queries']],
])('%s may import what is below it', (file, modules) => {
  expect(faults(file, importing(...modules))).toEqual([]);
});

test.each([
  ['lib/stock/refresh-lot.ts', '@/lib/options/queries', 'a domain above'],
  ['lib/options/place-option.ts', '@/lib/stock/refresh-lot', "a domain's verb"],
  ['lib/options/place-option.ts', '@/lib/auth/session', 'the session'],
  ['lib/options/place-option.ts', '@/lib/jobs/worker', 'the jobs'],
  ['lib/options/place-option.ts', './actions', 'its own doors'],
  ['lib/options/rules.ts', './queries', 'a query'],
  ['lib/options/rules.ts', '@/lib/db/client', 'the database'],
  ['lib/options/rules.ts', '@/lib/core/env', 'the settings'],
  ['lib/options/actions.ts', '@/lib/stock/queries', "another domain's queries"],
  ['lib/operations/run.ts', '@/lib/options/rules', 'a domain'],
  ['lib/operations/run.ts', '@/lib/koban/client', "more of Koban than its outcome's type"],
  ['lib/db/client.ts', '@/lib/koban/client', 'a folder at its side'],
  ['lib/core/money.ts', '@/lib/i18n/formats', 'a folder above'],
  ['components/ui/button.tsx', '@/lib/stock/schema', 'a domain'],
  ['components/stock/list.tsx', '@/components/options/dialog', 'components above'],
  ['components/stock/list.tsx', '@/lib/stock/queries', 'queries'],
  ['app/options/page.tsx', '@/lib/options/queries', 'queries'],
  ['app/options/page.tsx', '@/lib/options/place-option', 'a verb'],
  ['app/options/page.tsx', '@/lib/db/client', 'the database'],
  ['app/api/stock/route.ts', '@/lib/stock/queries', 'queries'],
  ['sandbox/main.ts', '@/lib/core/money', 'the portal'],
  ['sandbox/main.test.ts', '@/lib/koban/client', 'the portal, in a test either'],
  ['lib/koban/client.ts', '@/sandbox/app', 'the sandbox'],
  ['e2e/options.spec.ts', '@/lib/core/money', 'the portal'],
])('%s may not import %s: %s', (file, module) => {
  expect(faults(file, importing(module))).toEqual([expect.stringContaining('may not import')]);
});

test('an import is seen however it is written', () => {
  const written = [
    "import type { Lot } from '../options/queries';",
    "export { lots } from '@/lib/options/queries';",
    "export const load = () => import('@/lib/options/queries');",
  ];
  for (const text of written)
    expect(faults('lib/stock/queries.ts', text)).toEqual(['may not import lib/options/queries']);
});

test('an API route has one door to the library, not two', () => {
  const text = importing('@/lib/webhooks/receive-event', '@/lib/live/hub');
  expect(faults('app/api/webhooks/route.ts', text)).toEqual([expect.stringContaining('more than one door')]);
});

test("Next's packages stop at actions and loaders; rules, which run in the browser, know no server", () => {
  expect(faults('lib/options/queries.ts', importing('next/headers'))).toEqual([
    'may not import next/headers',
  ]);
  expect(faults('lib/options/schema.ts', importing('node:fs'))).toEqual(['may not import node:fs']);
});

test('a domain folder holds its vocabulary and nothing else', () => {
  for (const name of [
    'schema.ts',
    'queries.ts',
    'place-option.ts',
    'anything.test.ts',
    'render-receipt.tsx',
  ]) {
    expect(faults(`lib/options/${name}`)).toEqual([]);
  }
  for (const name of ['service.ts', 'place.ts', 'option-mail.ts', 'parts/rank.ts']) {
    expect(faults(`lib/options/${name}`)).toHaveLength(1);
  }
});

test('a folder of lib/ without a place in the order, and names that say nothing, are refused', () => {
  expect(faults('lib/services/run.ts')).toEqual(['lib/services has no place in the order of lib/']);
  for (const file of [
    'components/ui/index.ts',
    'lib/core/utils.ts',
    'app/helpers/a.ts',
    'lib/db/test-helpers.ts',
  ]) {
    expect(faults(file)).toEqual([expect.stringContaining('says nothing')]);
  }
});

test('settings are read in one place', () => {
  const text = 'export const url = process.env.KOBAN_URL;';
  expect(faults('lib/koban/client.ts', text)).toEqual(['reads process.env']);
  expect(faults('app/page.tsx', 'export const { PORT } = process.env;')).toEqual(['reads process.env']);
  for (const file of ['lib/core/env.ts', 'sandbox/settings.ts', 'scripts/start.ts'])
    expect(faults(file, text)).toEqual([]);
  expect(faults('instrumentation.ts', "if (process.env.NEXT_RUNTIME === 'nodejs') run();")).toEqual([]);
});

test('words on screen come from the messages', () => {
  const screen = (markup: string) =>
    faults('components/options/card.tsx', `export const C = () => <p>${markup}</p>;`);
  expect(screen('Option posée')).toEqual(['text outside the messages: "Option posée"']);
  expect(screen("{'Option'}")).toHaveLength(1);
  expect(screen('<img alt="Plan" />')).toHaveLength(1);
  expect(screen('<i aria-label={t(label)} className="w-full">{count} m² · 4 €</i>')).toEqual([]);
});

test('a long file is asked why, not refused', () => {
  const { errors, notes } = checkLayout(new Map([['lib/core/money.ts', 'export {};\n'.repeat(301)]]));
  expect(errors).toEqual([]);
  expect(notes).toEqual(['lib/core/money.ts: 302 lines']);
});
