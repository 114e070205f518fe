import { posix } from 'node:path';
import { type EcmaScriptModule, type Program, parseSync } from 'oxc-parser';

export type Parsed = { program: Program; imports: string[] };

/** Parses a file of TypeScript or JavaScript, and names every module it imports or re-exports, as it writes them. */
export function parse(file: string, text: string): Parsed {
  const { program, module } = parseSync(file, text);
  return { program, imports: specifiersOf(module, text) };
}

/** A module of the project, as its path without extension; undefined for a package. */
export function projectPath(specifier: string, from: string): string | undefined {
  const path = specifier.startsWith('@/')
    ? specifier.slice(2)
    : specifier.startsWith('.')
      ? posix.join(posix.dirname(from), specifier)
      : undefined;
  return path?.replace(/\.[cm]?[jt]sx?$/, '');
}

function specifiersOf(module: EcmaScriptModule, text: string): string[] {
  const written = [
    ...module.staticImports.map((each) => each.moduleRequest.value),
    ...module.staticExports.flatMap((each) => each.entries.map((entry) => entry.moduleRequest?.value)),
    ...module.dynamicImports.map(
      ({ moduleRequest: { start, end } }) => /^['"`](.*)['"`]$/.exec(text.slice(start, end))?.[1],
    ),
  ];
  return [...new Set(written.filter((each) => each !== undefined))];
}
