import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import { root } from './processes';

type Locked = { version?: string; resolved?: string };
const { packages }: { packages: Record<string, Locked> } = JSON.parse(
  readFileSync(join(root, 'package-lock.json'), 'utf8'),
);

/** The least versions without a published way round a right, a policy or a parser. */
const floors: Record<string, string> = {
  next: '16.4.5',
  'next-auth': '4.24.15',
  sharp: '0.35.5',
};

const isLower = (version: string, floor: string): boolean => {
  const [a, b] = [version, floor].map((each) => each.split('.').map((part) => Number.parseInt(part, 10)));
  const at = (a ?? []).findIndex((part, index) => part !== (b ?? [])[index]);
  return at !== -1 && (a?.[at] ?? 0) < (b?.[at] ?? 0);
};

test.each(Object.entries(floors))('%s is locked at %s or later, wherever it stands', (name, floor) => {
  const found = Object.entries(packages).filter(([path]) => path.endsWith(`node_modules/${name}`));
  expect(found.length).toBeGreaterThan(0);
  expect(found.filter(([, { version = '0' }]) => isLower(version, floor))).toEqual([]);
});

test('no package is bound to the place that it was once downloaded from', () => {
  expect(Object.entries(packages).filter(([, { resolved }]) => resolved !== undefined)).toEqual([]);
});
