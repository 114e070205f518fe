import { readFile } from 'node:fs/promises';
import { expect, test } from 'vitest';
import { createSandbox } from '../app';
import { fieldId } from './fields';
import { demoProvisioning } from './provisioning';

test('the provisioning file that the portal reads is the one that fits the demo', async () => {
  const written: unknown = JSON.parse(
    await readFile(new URL('../demo.provisioning.json', import.meta.url), 'utf8'),
  );
  expect(written).toEqual(JSON.parse(JSON.stringify(demoProvisioning())));
});

test('conventions name CGP thirds and programmes that the demo holds, and fields are used', () => {
  const { state } = createSandbox();
  for (const account of state.accounts) {
    const text = JSON.stringify(demoProvisioning());
    const cgp = [...account.thirds.values()].filter(({ wire }) => wire.Extcode === 'CGP-ORMEAU');
    expect(cgp).toHaveLength(1);
    expect(text).toContain(cgp[0]?.guid);
    const surface = fieldId(account.slug, 'lot', 'surface');
    for (const lot of account.allLots())
      expect(lot.moreFields.map((more) => more.FieldId)).toContain(surface);
    for (const programme of account.programmes.values())
      for (const more of programme.moreFields) expect(text).toContain(more.FieldId);
  }
  expect([...(state.accounts[0]?.programmes.keys() ?? [])]).toEqual(
    expect.arrayContaining(['TDC', 'CLU', 'ADM', 'JDC']),
  );
});
