import { expect, it } from 'vitest';
import { kobanListsSchema } from '@/lib/promoters/schema';
import { choicesOf, fileRows, labelOfKoban, listedOnly, unlisted } from './rules';
import { filledFile } from './testing';

const lists = kobanListsSchema.parse({ professions: [{ code: 'CADRE', label: 'Cadre' }] });

it('asks for the codes of the promoter’s own lists only, and reads them back in their words', () => {
  const file = filledFile({ profession: 'CADRE', profession2: 'ROI', originCode: 'CGP' });
  expect(choicesOf('profession2', lists)).toEqual([{ code: 'CADRE', label: 'Cadre' }]);
  expect(choicesOf('saleChannelCode', lists)).toEqual([]);
  expect(unlisted(file, lists)).toEqual(['profession2', 'originCode']);
  const kept = listedOnly(file, lists);
  expect(kept).toEqual({ ...file, profession2: '', originCode: '' });
  const [buyers] = fileRows(kept, lists);
  expect(buyers?.rows).toContainEqual({ field: 'profession', kind: 'text', value: 'Cadre' });
  expect(labelOfKoban('Res1Profession', 'CADRE', lists)).toBe('Cadre');
  expect(labelOfKoban('Res1Profession', 'ROI', lists)).toBe('ROI');
  expect(labelOfKoban('Res1Nom', 'CADRE', lists)).toBe('CADRE');
});

it('reads a file back step by step, less what a choice has made meaningless', () => {
  const file = filledFile({ hasSecond: false, hasPtz: false, city: ' ', birthDay: '1984-02-30' });
  const rows = new Map(fileRows(file, lists).map(({ step, rows }) => [step, rows]));
  const fields = rows.get('buyers')?.map(({ field }) => field);
  expect(fields).not.toContain('lastName2');
  expect(fields).not.toContain('city');
  expect(rows.get('buyers')).toContainEqual({ field: 'birthDay', kind: 'text', value: '1984-02-30' });
  expect(rows.get('financing')).toContainEqual({ field: 'loan2', kind: 'money', cents: 50_000_00 });
  expect(rows.get('financing')?.map(({ field }) => field)).not.toContain('ptz');
  expect(rows.get('tax')).toContainEqual({ field: 'vat', kind: 'rate', value: '20' });
  expect(rows.get('price')).toContainEqual({ field: 'deedDay', kind: 'day', day: expect.any(Date) });
});
