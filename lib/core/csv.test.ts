import { expect, it } from 'vitest';
import { csvLine } from './csv';

it('quotes every cell, and doubles quotes', () => {
  expect(csvLine(['a', 'say "b"', 'c;d\ne'])).toBe('"a";"say ""b""";"c;d\ne"\r\n');
});

it.each(['=1+1', '+33', '-2', '@SUM(A1)', '\t=1', ' =1', '＝1', '|cmd', '%0a'])(
  'lets no spreadsheet run %j',
  (typed) => {
    expect(csvLine([typed])).toBe(`"'${typed}"\r\n`);
  },
);

it('leaves a sign in the middle alone', () => {
  expect(csvLine(['a=b', 'c-d'])).toBe('"a=b";"c-d"\r\n');
});
