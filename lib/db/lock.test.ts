import { mkdtempSync, readdirSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, expect, test } from 'vitest';
import { DataFolderInUse, lockDataFolder } from './lock';

let folder: string;
beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'parvis-lock-'));
});
afterEach(() => rmSync(folder, { recursive: true }));

test('a second holder is refused by a sentence that names the first', () => {
  lockDataFolder(folder);
  expect(() => lockDataFolder(folder)).toThrow(DataFolderInUse);
  expect(() => lockDataFolder(folder)).toThrow(`in use by process ${process.pid}`);
});

test('a folder given back can be taken again, and nothing is left behind', () => {
  lockDataFolder(folder)();
  lockDataFolder(folder)();
  expect(readdirSync(folder)).toEqual([]);
});

test('two locks of different names do not meet', () => {
  lockDataFolder(folder, 'start.lock');
  expect(() => lockDataFolder(folder)).not.toThrow();
});

test('the lock of a process that died is taken over', () => {
  writeFileSync(join(folder, 'database.lock'), '999999999 1');
  expect(() => lockDataFolder(folder)).not.toThrow();
});

test.runIf(process.platform === 'linux')(
  'so is that of a process whose number was given to another since',
  () => {
    writeFileSync(join(folder, 'database.lock'), `${process.pid} 1`);
    expect(() => lockDataFolder(folder)).not.toThrow();
  },
);
