import { matchesGlob } from 'node:path';
import { type JSXAttribute, type MemberExpression, Visitor } from 'oxc-parser';
import { type Parsed, parse, projectPath } from './imports';
import {
  domainFiles,
  emptyNames,
  infrastructure,
  longFile,
  order,
  type Row,
  readsEnvironment,
  table,
  verbs,
} from './table';

export type Findings = { errors: string[]; notes: string[] };

/** Checks a tree of files, path (from the root, with `/`) to text, against the table. */
export function checkLayout(tree: ReadonlyMap<string, string>): Findings {
  const errors: string[] = [];
  const notes: string[] = [];
  for (const [file, text] of tree) {
    const say = (fault: string) => errors.push(`${file}: ${fault}`);
    for (const fault of nameFaults(file)) say(fault);
    const lines = text.split('\n').length;
    if (lines > longFile) notes.push(`${file}: ${lines} lines`);
    const parsed = parse(file, text);
    for (const fault of importFaults(file, parsed)) say(fault);
    for (const fault of codeFaults(file, parsed)) say(fault);
  }
  return { errors, notes };
}

function nameFaults(file: string): string[] {
  const faults = emptyNames.test(file) ? ['a name that says nothing of what is inside, or a barrel'] : [];
  const [top, folder = '', ...rest] = file.split('/');
  if (top !== 'lib') return faults;
  if (!order.includes(folder)) return [...faults, `lib/${folder} has no place in the order of lib/`];
  if (infrastructure.includes(folder)) return faults;
  const [name = '', ...deeper] = rest;
  if (deeper.length > 0) return [...faults, 'a domain folder holds files, no folders'];
  if (/\.(test|testing)\.tsx?$/.test(name)) return faults;
  const stem = name.replace(/\.tsx?$/, '');
  const [verb = '', noun] = stem.split('-');
  if (domainFiles.includes(stem) || (verbs.has(verb) && noun)) return faults;
  return [...faults, `not of a domain's vocabulary: ${domainFiles.join(', ')} or verb-noun`];
}

function importFaults(file: string, { imports }: Parsed): string[] {
  const path = withoutExtension(file);
  const row = table.find((each) => matchesGlob(path, each.files));
  if (!row) return [];
  const faults: string[] = [];
  const doors: string[] = [];
  for (const specifier of imports) {
    const target = projectPath(specifier, file);
    if (target === undefined) {
      if (row.noPackage?.test(specifier)) faults.push(`may not import ${specifier}`);
    } else if (!allowed(path, target, row)) {
      if (row.doors && isDoor(target)) doors.push(target);
      else faults.push(`may not import ${target}`);
    }
  }
  if (doors.length > (row.doors ?? 0)) faults.push(`has more than one door: ${doors.join(', ')}`);
  return faults;
}

function allowed(path: string, target: string, row: Row): boolean {
  const own = path.split('/').slice(0, 2).join('/');
  const matches = (pattern: string) => {
    if (!pattern.includes('<below>')) return matchesGlob(target, pattern.replace('<own>', own));
    const [top] = pattern.split('/');
    return matchesGlob(target, pattern.replace('<below>', '*')) && isBelow(target, own, `${top}/`);
  };
  return row.may.some(matches) && !(row.never ?? []).some(matches);
}

/** Whether a module's folder stands under another in the order; `jobs/enqueue` has a place of its own. */
function isBelow(target: string, own: string, top: string): boolean {
  const placeOf = (path: string) =>
    order.indexOf(path === 'lib/jobs/enqueue' ? 'jobs/enqueue' : (path.split('/')[1] ?? ''));
  const [theirs, ours] = [placeOf(target), placeOf(own)];
  // A folder of components that is no domain's (admin, say) stands above them all.
  return target.startsWith(top) && theirs >= 0 && (ours < 0 || theirs < ours);
}

function isDoor(target: string): boolean {
  return matchesGlob(target, 'lib/**') && !matchesGlob(target, '{lib/{db,koban}/**,lib/*/queries}');
}

function codeFaults(file: string, { program }: Parsed): string[] {
  const faults: string[] = [];
  const mayReadEnvironment = readsEnvironment.some((glob) => matchesGlob(withoutExtension(file), glob));
  const onScreen = /^(app|components|lib)\/.*\.tsx$/.test(file) && !file.includes('.test.');
  const buildConstants = new Set<unknown>();
  const words = (text: string) => {
    if (onScreen && /\p{L}{2}/u.test(text))
      faults.push(`text outside the messages: "${text.trim().slice(0, 40)}"`);
  };
  new Visitor({
    MemberExpression(node) {
      // Next replaces it before the code runs: it is no setting.
      if (propertyOf(node) === 'NEXT_RUNTIME') buildConstants.add(node.object);
      const environment =
        node.object.type === 'Identifier' && node.object.name === 'process' && propertyOf(node) === 'env';
      if (environment && !mayReadEnvironment && !buildConstants.has(node)) faults.push('reads process.env');
    },
    'JSXText:exit': (node) => words(node.value),
    JSXElement({ children }) {
      for (const child of children) {
        if (child.type !== 'JSXExpressionContainer') continue;
        const { expression } = child;
        if (expression.type === 'Literal' && typeof expression.value === 'string') words(expression.value);
      }
    },
    'JSXAttribute:exit': (node) => words(spokenText(node)),
  }).visit(program);
  return faults;
}

function propertyOf({ property }: MemberExpression): string | undefined {
  return property.type === 'Identifier' ? property.name : undefined;
}

/** What an attribute that people see or hear says when it is written out in the code. */
function spokenText({ name, value }: JSXAttribute): string {
  if (
    name.type !== 'JSXIdentifier' ||
    !/^(alt|title|placeholder|label|description|aria-(label|description|roledescription))$/.test(name.name)
  ) {
    return '';
  }
  return value?.type === 'Literal' && typeof value.value === 'string' ? value.value : '';
}

function withoutExtension(file: string): string {
  return file.replace(/(\.d)?\.[cm]?[jt]sx?$/, '');
}
