import { expect, it, test } from 'vitest';
import type { FieldMapping } from '@/lib/db/schema/all';
import { fieldReader, readField } from './map-fields';

test.each([
  ['84,20', 'area', 84.2],
  [84.2, 'area', 84.2],
  ['84,20 m²', 'area', 84.2],
  ['1 084,5', 'area', 1084.5],
  ['-3', 'area', null],
  ['env. 84', 'area', null],
  ['6,5 %', 'number', 6.5],
  [true, 'number', null],
  ['1 250,50 €', 'money', 125_050],
  ['15/09/2028', 'date', '2028-09-15'],
  ['2028-09-15T00:00:00', 'date', '2028-09-15'],
  ['31/02/2028', 'date', null],
  ['01/01/0001', 'date', null],
  ['true', 'boolean', true],
  ['Non', 'boolean', false],
  [false, 'boolean', false],
  ['peut-être', 'boolean', null],
  ['  A ', 'text', 'A'],
  ['   ', 'list', null],
  [3, 'text', '3'],
] as const)('reads %j as %s', (raw, type, value) => {
  expect(readField(raw, type)).toBe(value);
});

const mapping = (key: string, type: FieldMapping['type'], on: FieldMapping['on'] = 'lot'): FieldMapping => ({
  ...{ fieldId: `id-${key}`, key, label: `« ${key} »`, type, on },
});

it('gives a promoter’s fields their own keys, and shows as extras those that have no place', () => {
  const { read } = fieldReader(
    [mapping('surface', 'area'), mapping('ceiling', 'text'), mapping('city', 'text', 'programme')],
    'lot',
    new Set(['surface']),
  );
  const { values, extras } = read({
    'id-surface': '84,20',
    'id-ceiling': '2,50 m',
    'id-city': 'Nantes',
    'id-new': 'x',
  });
  expect(Object.fromEntries(values)).toEqual({ surface: 84.2, ceiling: '2,50 m' });
  expect(extras).toEqual([{ key: 'ceiling', label: '« ceiling »', type: 'text', value: '2,50 m' }]);
});

test.each([
  ['https://koban.test/plan.pdf', true],
  ['/files/plan.svg', true],
  ['//evil.test/x.svg', false],
  ['javascript:alert(1)', false],
  ['file:///etc/passwd', false],
  ['plan.pdf', false],
  ['', false],
])('takes %j for a file: %s', (address, taken) => {
  const { read } = fieldReader([mapping('plan', 'document')], 'lot', new Set());
  const { files, extras } = read({ 'id-plan': address });
  expect(files).toEqual(taken ? [{ key: 'plan', label: '« plan »', type: 'document', address }] : []);
  expect(extras).toEqual([]);
});
