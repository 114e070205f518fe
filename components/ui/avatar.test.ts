import { expect, it } from 'vitest';
import { initials } from '@/components/ui/avatar';

it.each([
  ['Claire Lenoir', 'CL'],
  ['Jean-Marc de la Tour', 'JT'],
  ['élodie', 'É'],
  ['Ormeau (Nantes)', 'O'],
  ['', ''],
])('the initials of « %s » are « %s »', (name, letters) => {
  expect(initials(name)).toBe(letters);
});
