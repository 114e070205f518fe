import { execFileSync } from 'node:child_process';
import { existsSync, readFileSync, writeFileSync } from 'node:fs';
import { cpus, totalmem } from 'node:os';
import { join } from 'node:path';
import { root } from '@/scripts/processes';
import { barOf, type Figure, measureOf, verdictOf } from './figure';

/** A figure as it is kept: when and of which commit it was measured. */
type Kept = Figure & { commit: string; at: string };
type Store = { machine: Record<string, string | number>; versions: Record<string, string>; figures: Kept[] };

const json = join(root, 'docs/figures.json');
const table = join(root, 'docs/figures.md');

/** Prints one figure as soon as it is known. */
export function printFigure(figure: Figure): void {
  const { name, what, from } = figure;
  console.log(
    `${name}: ${what}\n    ${measureOf(figure)}; bar ${barOf(figure)} ${verdictOf(figure)}\n    ${from}`,
  );
}

/** Keeps these figures as the latest of their names, and draws the table anew. */
export function storeFigures(figures: readonly Figure[], versions: Record<string, string>): void {
  const at = new Date().toISOString().slice(0, 16).replace('T', ' ');
  const made = figures.map((figure) => ({ ...figure, ...rounded(figure), commit: commit(), at }));
  const before: Store | null = existsSync(json) ? JSON.parse(readFileSync(json, 'utf8')) : null;
  const groups = new Set(made.map(groupOf));
  const kept = before?.figures.filter((figure) => !groups.has(groupOf(figure))) ?? [];
  const store: Store = {
    machine: {
      processor: cpus()[0]?.model ?? '',
      cores: cpus().length,
      memoryGB: Math.round(totalmem() / 1e9),
    },
    versions: { ...before?.versions, ...versions },
    figures: [...kept, ...made].sort((one, other) =>
      one.name.localeCompare(other.name, 'en', { numeric: true }),
    ),
  };
  writeFileSync(json, `${JSON.stringify(store, null, 2)}\n`);
  writeFileSync(table, page(store));
}

/** A bench's figures come and go together. */
const groupOf = ({ name }: Figure): string => name.split(',')[0] ?? name;

const rounded = ({ value, min, max }: Figure) => {
  const short = (figure: number) => Number(figure.toPrecision(4));
  return { value: short(value), min: short(min), max: short(max) };
};

function commit(): string {
  const git = (...args: string[]) => execFileSync('git', args, { cwd: root, encoding: 'utf8' }).trim();
  const dirty = git('status', '--porcelain', '--', 'app', 'components', 'lib') === '' ? '' : ' and changes';
  return `${git('rev-parse', '--short', 'HEAD')}${dirty}`;
}

function page({ machine, versions, figures }: Store): string {
  const rows = figures.map((figure) =>
    [
      figure.name,
      figure.what,
      measureOf(figure),
      barOf(figure),
      verdictOf(figure),
      figure.from,
      `${figure.commit}, ${figure.at}`,
    ].join(' | '),
  );
  const facts = (all: Record<string, string | number>) =>
    Object.entries(all)
      .map(([name, value]) => `${name} ${value}`)
      .join(', ');
  return `# Figures

Written by \`npm run bench\`; \`npm run bench -- a e\` measures some only. Each figure is measured against a bare floor in the same run on the
same machine, in short rounds that take turns, after one round to warm up: the median round, and the least and the greatest. Absolute
figures are those of that run and of little use elsewhere. The floors of (a), (b) and (e) are routes of the same server that exist only in
the build which the bench makes for itself (\`*.bench.ts\`). The portals are filled by their own mirror from the sandbox, and serve without
their jobs. (l) and (s): two such servers share a throw-away PostgreSQL, and the streams are read by the bench's own process; (l) has no
floor, that of (s) is a server of Node and nothing else. Why (a) and (c) miss their bars: docs/decisions/0014.

Machine: ${facts(machine)}. Versions: ${facts(versions)}.

| | what | measured | bar | | from | commit, time (UTC) |
| --- | --- | --- | --- | --- | --- | --- |
${rows.map((row) => `| ${row} |`).join('\n')}
`;
}
