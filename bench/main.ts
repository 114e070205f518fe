// `npm run bench [-- names…]`: the portal's figures, each against a bare floor measured in the same run.
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { launch, onAskedToEnd, root, stopAll } from '@/scripts/processes';
import { programmePage } from './a-programme-page';
import { stockAnswer } from './b-stock-answer';
import { fullMirror } from './c-full-mirror';
import { placeOptions } from './d-option';
import { firstLoad } from './e-first-load';
import { expireAll } from './expiry';
import { keystroke } from './f-keystroke';
import { growth } from './g-growth';
import { browserVersion, closeBrowser } from './harness/browser';
import { benchBuild } from './harness/build';
import { closeDatabases } from './harness/databases';
import type { Figure } from './harness/figure';
import { closePortals } from './harness/portal';
import { printFigure, storeFigures } from './harness/report';
import { live } from './l-live';
import { optionCheck } from './o-option-check';
import { streams } from './s-streams';

const benches: Record<string, () => Promise<Figure[]>> = {
  a: programmePage,
  b: stockAnswer,
  c: fullMirror,
  d: placeOptions,
  e: firstLoad,
  f: keystroke,
  g: growth,
  l: live,
  s: streams,
  expiry: expireAll,
  'option-check': optionCheck,
};
/** Those that need no build: they call the portal's own functions. */
const unbuilt = ['c', 'd', 'expiry', 'option-check'];

onAskedToEnd(async (exitCode) => {
  await close();
  process.exit(exitCode);
});

try {
  process.exitCode = await run(process.argv.slice(2));
} finally {
  await close();
}
// What the portal's own functions keep open in this process (timers, kept connections) has nothing left to do.
process.exit();

/** @returns the exit code: 0 when every bar is met */
async function run(asked: string[]): Promise<number> {
  const unknown = asked.filter((name) => !(name in benches));
  if (unknown.length > 0)
    throw new Error(`No bench ${unknown.join(', ')}: there are ${Object.keys(benches).join(', ')}`);
  const [only, ...others] = asked;
  if (only !== undefined && others.length === 0) return measure(only);
  const failed: string[] = [];
  for (const name of asked.length > 0 ? asked : Object.keys(benches)) {
    // What one leaves behind (a job queue, a warm cache, memory) is no part of the next.
    const { ok } = await launch(name, ['node', '--import', 'tsx', 'bench/main.ts', name]).ended;
    if (!ok) failed.push(name);
  }
  console.log(
    failed.length > 0 ? `A bar missed, or not measured: ${failed.join(', ')}` : 'Every bar is met.',
  );
  return failed.length > 0 ? 1 : 0;
}

async function measure(name: string): Promise<number> {
  const start = performance.now();
  if (!unbuilt.includes(name)) await benchBuild();
  const figures = (await benches[name]?.()) ?? [];
  for (const figure of figures) printFigure(figure);
  storeFigures(figures, await versions());
  console.log(`    (${((performance.now() - start) / 1000).toFixed(0)} s)`);
  return figures.some(({ met }) => met === false) ? 1 : 0;
}

async function versions(): Promise<Record<string, string>> {
  const of = (name: string): string =>
    JSON.parse(readFileSync(join(root, 'node_modules', name, 'package.json'), 'utf8')).version;
  const chromium = await browserVersion();
  return {
    Node: process.versions.node,
    Next: of('next'),
    React: of('react'),
    PGlite: of('@electric-sql/pglite'),
    ...(chromium && { Chromium: chromium }),
  };
}

async function close(): Promise<void> {
  await closeBrowser();
  await closePortals();
  await closeDatabases();
  await stopAll();
}
