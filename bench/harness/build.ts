import { existsSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { build } from '@/scripts/build';
import { root } from '@/scripts/processes';

/** What makes a build, and a server started from it, the one that has the floors' routes. */
export const benchEnv = { PARVIS_BENCH: '1' };

/** Makes the production build with the bare routes, unless it is current. @throws Error with what the build said */
export async function benchBuild(): Promise<void> {
  const types = join(root, 'next-env.d.ts');
  const before = existsSync(types) ? readFileSync(types, 'utf8') : null;
  const { ok, output } = await build(() => {}, { folder: '.next-bench', env: benchEnv });
  // A build points the editor's types at itself: they stay the portal's own.
  if (before !== null) writeFileSync(types, before);
  if (!ok) throw new Error(`${output}\n\nThe build failed.`);
}
