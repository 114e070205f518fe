import { describe, expect, it } from 'vitest';
import { isGuessable } from './rules';

const of = ['c.lenoir@ormeau-patrimoine.fr', 'Claire Lenoir'];

describe('isGuessable', () => {
  it.each([
    'motdepasse2026!',
    'M0tDeP@sse1234',
    'azertyuiop123',
    'qwertyuiopasdf',
    '123456789012',
    'aaaaaaaaaaaaaa',
    'abababababab',
    'Parvis-2026!!',
    'clairelenoir75',
    'Ormeau Patrimoine 1',
    'soleilsoleilsoleil',
    '210987654321',
  ])('refuses %s', (password) => {
    expect(isGuessable(password, of)).toBe(true);
  });

  it.each([
    'lune verte sur quai',
    'trois grues jaunes au port',
    'Tb8#kQw2!xLp',
    'ma grand-mère cuisine le lundi',
    'kX9 vP2 mQ7 zR4',
  ])('accepts %s', (password) => {
    expect(isGuessable(password, of)).toBe(false);
  });

  it('answers a very long password at once', () => {
    const start = performance.now();
    isGuessable('az'.repeat(128), of);
    expect(performance.now() - start).toBeLessThan(200);
  });
});
