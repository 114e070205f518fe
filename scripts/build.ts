import { createHash } from 'node:crypto';
import { existsSync, globSync, mkdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { launch, root } from './processes';

/** What a production build is made of. */
const sources = [
  '{app,components,lib,messages,public}/**/*.*',
  '*.{ts,mjs,json}',
  'node_modules/next/package.json',
];

export type Build = { fresh: boolean; ok: boolean; output: string };

/**
 * Makes the production build, unless the one in its folder was made from these very sources.
 * @param onLine receives each line that the build prints; they are in `output` too
 * @param variant another build than the portal's own: the settings that make it, and the folder that they make it in
 */
export async function build(
  onLine: (line: string) => void = () => {},
  { folder, env }: { folder: string; env: Record<string, string> } = { folder: '.next', env: {} },
): Promise<Build> {
  const stamp = join(root, folder, 'built-from');
  const current = fingerprint();
  if (existsSync(stamp) && readFileSync(stamp, 'utf8') === current)
    return { fresh: false, ok: true, output: '' };
  // Until it succeeds there is no build to start from.
  rmSync(stamp, { force: true });
  const lines: string[] = [];
  const { ended } = launch('The build', ['node', 'node_modules/next/dist/bin/next', 'build'], {
    env: { ...env, NODE_ENV: 'production' },
    onLine(line) {
      lines.push(line);
      onLine(line);
    },
  });
  const { ok } = await ended;
  if (ok) {
    mkdirSync(join(root, folder), { recursive: true });
    writeFileSync(stamp, current);
  }
  return { fresh: true, ok, output: lines.join('\n') };
}

/** By content: a checkout changes every time of modification. */
function fingerprint(): string {
  const hash = createHash('sha256').update(process.version);
  const files = globSync(sources, { cwd: root, withFileTypes: true })
    .filter((entry) => entry.isFile() && !/\.test\.tsx?$|^next-env/.test(entry.name))
    .map((entry) => join(entry.parentPath, entry.name));
  for (const file of files.sort()) hash.update(`${file}\0`).update(readFileSync(file));
  return hash.digest('hex');
}

if (process.argv[1] === import.meta.filename) {
  const { ok, fresh } = await build(console.log);
  if (!fresh) console.log('The build is current.');
  process.exitCode = ok ? 0 : 1;
}
