import { readFileSync } from 'node:fs';
import { describe, expect, it } from 'vitest';

const css = readFileSync('app/globals.css', 'utf8');
const tokens = new Map(
  [...css.matchAll(/--([\w-]+): light-dark\((#[0-9a-f]{6}), (#[0-9a-f]{6})\)/g)].map(
    ([, name, light, dark]) => [name, { light, dark }],
  ),
);

function luminance(hex: string) {
  const [r = 0, g = 0, b = 0] = [1, 3, 5].map((at) => {
    const channel = Number.parseInt(hex.slice(at, at + 2), 16) / 255;
    return channel <= 0.04045 ? channel / 12.92 : ((channel + 0.055) / 1.055) ** 2.4;
  });
  return 0.2126 * r + 0.7152 * g + 0.0722 * b;
}

/** WCAG 2's contrast of two tokens in one theme. */
function contrast(theme: 'light' | 'dark', a: string, b: string) {
  const [x, y] = [a, b].map((name) => {
    const colour = tokens.get(name)?.[theme];
    if (!colour) throw new Error(`no token --${name}`);
    return luminance(colour);
  });
  const [high, low] = [Math.max(x ?? 0, y ?? 0), Math.min(x ?? 0, y ?? 0)];
  return (high + 0.05) / (low + 0.05);
}

const statuses = ['libre', 'option', 'preresv', 'resv', 'bloque', 'acte', 'other', 'accent'];
const grounds = ['paper', 'card', 'sunk'];

const text: [string, string][] = [
  ...['ink', 'ink-2', 'ink-3', 'brand', 'accent'].flatMap((ink) =>
    grounds.map((on): [string, string] => [ink, on]),
  ),
  ...statuses.flatMap((name): [string, string][] => [
    [name, `${name}-bg`],
    [name, 'card'],
  ]),
  // A note's sentence is in the page's ink on the tone's ground.
  ...['option', 'preresv', 'libre', 'accent'].map((name): [string, string] => ['ink', `${name}-bg`]),
  ['brand-ink', 'brand'],
  ['brand-ink', 'brand-hover'],
  ['brand-ink', 'accent'],
  ['brand', 'brand-bg'],
  ['option', 'paper'],
  ['paper', 'ink'],
];

describe.each(['light', 'dark'] as const)('%s theme', (theme) => {
  it.each(text)('%s on %s can be read (4.5:1)', (ink, on) => {
    expect(contrast(theme, ink, on)).toBeGreaterThanOrEqual(4.5);
  });

  it.each(['paper', 'card'])("a field's edge shows on %s (3:1)", (on) => {
    expect(contrast(theme, 'line-field', on)).toBeGreaterThanOrEqual(3);
  });
});
