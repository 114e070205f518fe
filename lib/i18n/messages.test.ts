import { readdirSync } from 'node:fs';
import { describe, expect, it } from 'vitest';
import { en } from '@/lib/i18n/en';
import { fr } from '@/lib/i18n/fr';

interface Tree {
  [key: string]: string | Tree;
}

function flatten(tree: Tree, path = ''): [string, string][] {
  return Object.entries(tree).flatMap(([key, value]): [string, string][] =>
    typeof value === 'string' ? [[`${path}${key}`, value]] : flatten(value, `${path}${key}.`),
  );
}

/** What stands between each outermost pair of braces. */
function braces(text: string): string[] {
  const found: string[] = [];
  let depth = 0;
  let start = 0;
  for (const [at, char] of [...text].entries()) {
    if (char === '{' && depth++ === 0) start = at + 1;
    if (char === '}' && --depth === 0) found.push([...text].slice(start, at).join(''));
  }
  return found;
}

/** The ICU arguments of a message with their kinds, also inside plurals and selects; and its tags. */
function parameters(message: string): string[] {
  const named = braces(message).flatMap((inside) => {
    const [name = '', kind = '', ...rest] = inside.split(',').map((part) => part.trim());
    const nested = ['plural', 'select', 'selectordinal'].includes(kind) ? braces(rest.join(',')) : [];
    return [`${name}:${kind}`, ...nested.flatMap(parameters)];
  });
  return [...new Set([...named, ...(message.match(/<\w+>/g) ?? [])])].sort();
}

const french = flatten(fr);
const english = new Map(flatten(en));

describe('the two languages', () => {
  it.each([
    ['fr', fr],
    ['en', en],
  ])('%s has every file of its folder, and no other', (locale, messages) => {
    const files = readdirSync(`messages/${locale}`).map((file) => file.replace(/\.json$/, ''));
    expect(Object.keys(messages).sort()).toEqual(files.sort());
  });

  it('have the same keys', () => {
    expect([...english.keys()].sort()).toEqual(french.map(([key]) => key).sort());
  });

  it('take the same arguments for each message', () => {
    const differing = french.filter(
      ([key, message]) => parameters(message).join() !== parameters(english.get(key) ?? '').join(),
    );
    expect(differing.map(([key]) => key)).toEqual([]);
  });

  it('leave no message empty', () => {
    expect([...french, ...english].filter(([, message]) => message.trim() === '')).toEqual([]);
  });
});

describe('French typography', () => {
  const offending = (rule: RegExp) => french.filter(([, message]) => rule.test(message)).map(([key]) => key);

  it('has a no-break space before : ; ! ? and »', () => {
    expect(offending(/ [:;!?»]/)).toEqual([]);
    expect(offending(/[\p{L}\d)}%€…][;!?»]|[\p{L})}%€…]:(?=\s|$)/u)).toEqual([]);
  });

  it('has a no-break space after «', () => {
    expect(offending(/«[^\u00a0\u202f]/)).toEqual([]);
  });

  it('writes the apostrophe ’ and the ellipsis …', () => {
    expect(offending(/'|\.\.\./)).toEqual([]);
  });

  it('keeps a figure and its unit on one line', () => {
    expect(offending(/(\d|\}) (€|%|m²|h|min|j)(?=\s|$|[.,;])/)).toEqual([]);
  });
});
