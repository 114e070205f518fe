import { describe, expect, it } from 'vitest';
import { nameKey, normaliseEmail } from './normalise';

describe('normaliseEmail', () => {
  it('takes variants of one address for one', () => {
    expect(normaliseEmail('  Jean.Dupont@Exemple.FR ')).toBe('jean.dupont@exemple.fr');
    expect(normaliseEmail('jean＠exemple．fr')).toBe('jean@exemple.fr');
  });
});

describe('nameKey', () => {
  it('takes variants of one name for one', () => {
    for (const variant of ['Lefèvre-Nœl', 'LEFEVRE NOEL', ' lefe\u0300vre  noël ', "lefevre' noel"]) {
      expect(nameKey(variant)).toBe('lefevre noel');
    }
  });

  it('keeps different names apart, in any script', () => {
    expect(nameKey('Lefèvre')).not.toBe(nameKey('Lefebvre'));
    expect(nameKey('Иванов')).toBe('иванов');
  });
});
