import { describe, expect, it } from 'vitest';
import { matches } from '@/components/ui/combobox-match';

const item = { value: 'a', label: 'Les Terrasses du Canal', detail: 'Orléans · Groupe Valmont' };

describe('a combobox finds', () => {
  it.each(['', 'terr', 'CANAL', 'orleans', 'orléans val', 'valmont canal'])('its item by « %s »', (query) => {
    expect(matches(item, query)).toBe(true);
  });

  it.each(['nantes', 'canal nantes'])('nothing by « %s »', (query) => {
    expect(matches(item, query)).toBe(false);
  });
});
