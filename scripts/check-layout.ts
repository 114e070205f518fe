// Part of `npm run check`: who may import whom, what a domain folder holds, where words and settings come from.
import { globSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { checkLayout } from './layout/violations';
import { root } from './processes';

const files = globSync(
  ['{app,components,lib,sandbox,e2e,bench,scripts}/**/*.{ts,tsx,mjs}', '*.{ts,tsx,mjs}'],
  { cwd: root },
);
const { errors, notes } = checkLayout(
  new Map(files.map((file) => [file, readFileSync(join(root, file), 'utf8')])),
);

for (const note of notes) console.log(`note: ${note}; why so long?`);
for (const error of errors) console.error(error);
console.log(`${files.length} files, ${errors.length} against the layout.`);
process.exitCode = errors.length === 0 ? 0 : 1;
