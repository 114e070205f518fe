import { describe, expect, it } from 'vitest';
import { emptyForm, type ProgrammeChoice, promotersOf, restoreForm } from './draft-values';

const choice = (promoter: string, code: string): ProgrammeChoice => ({
  promoter,
  code,
  label: code,
  city: null,
  promoterName: promoter.toUpperCase(),
  typologies: [],
});
const canal = choice('valmont', 'TDC');
const villa = choice('valmont', 'VIL');
const quai = choice('littoral', 'QUAI');
const choices = [canal, villa, quai];
const ref = ({ promoter, code }: ProgrammeChoice) => ({ promoter, code });

const newKey = '0190a1b2-0000-7000-8000-000000000001';
const oldKey = '0190a1b2-0000-7000-8000-000000000002';
const typed = { ...emptyForm(oldKey, [ref(canal)]), lastName: 'Belhadj', consent: true };

describe('a draft', () => {
  it('comes back as it was left, under the same key: sent twice it is one act', () => {
    expect(restoreForm(typed, null, choices, newKey)).toEqual(typed);
    expect(restoreForm(typed, ref(canal), choices, newKey)).toEqual(typed);
  });

  it('is for the programme from which the form was opened, consent asked again', () => {
    const restored = restoreForm(typed, ref(quai), choices, newKey);
    expect(restored).toMatchObject({
      lastName: 'Belhadj',
      programmes: [ref(quai)],
      consent: false,
      formKey: newKey,
    });
  });

  it('drops a programme that is no longer open', () => {
    expect(restoreForm(typed, null, [quai], newKey)).toMatchObject({ programmes: [], lastName: 'Belhadj' });
  });

  it('is nothing when nobody typed anything', () => {
    expect(restoreForm(emptyForm(oldKey, [ref(canal)]), null, choices, newKey)).toBeNull();
    expect(restoreForm({}, null, choices, newKey)).toBeNull();
  });

  it('survives an earlier form with other fields', () => {
    const restored = restoreForm(
      { lastName: 'Belhadj', rooms: 'three', programmes: 'all' },
      null,
      choices,
      newKey,
    );
    expect(restored).toEqual({ ...emptyForm(newKey, []), lastName: 'Belhadj' });
  });
});

describe('the promoters told of a prospect', () => {
  it('are named once each', () => {
    expect(promotersOf([ref(canal), ref(villa), ref(quai)], choices)).toEqual([
      { slug: 'valmont', name: 'VALMONT' },
      { slug: 'littoral', name: 'LITTORAL' },
    ]);
  });
});
