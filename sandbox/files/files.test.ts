import { expect, test } from 'vitest';
import { freeLot, testSandbox } from '../testing';
import { roomPlan } from './rooms';

test('every address that a programme or a lot carries is served', async () => {
  for (const slug of ['valmont', 'littoral']) {
    const { sandbox, account } = testSandbox({}, slug);
    const [programme] = account.programmes.values();
    const fields = [...(programme?.moreFields ?? []), ...freeLot(account).moreFields];
    const urls = fields.map(({ Value }) => String(Value)).filter((value) => value.startsWith('http'));
    expect(urls).toHaveLength(5);
    for (const url of urls) {
      const response = await sandbox.fetch(url);
      expect(response.status).toBe(200);
      const text = await response.text();
      if (url.endsWith('.pdf')) {
        expect(text.startsWith('%PDF-1.4')).toBe(true);
        const table = Number(/startxref\n(\d+)/.exec(text)?.[1]);
        expect(text.slice(table, table + 4)).toBe('xref');
      } else expect(text).toMatch(/^<svg .*<\/svg>$/s);
    }
  }
});

test('what does not exist is 404', async () => {
  const { sandbox } = testSandbox();
  for (const path of [
    'valmont/programmes/NONE/facade.svg',
    'valmont/programmes/TDC/secret.pdf',
    'valmont/lots/NONE/plan.svg',
  ])
    expect((await sandbox.fetch(`http://127.0.0.1:4001/files/${path}`)).status).toBe(404);
});

test('the rooms of a plan add up to the surface of its lot', () => {
  const { account } = testSandbox();
  for (const { sheet } of account.allLots()) {
    if (sheet?.kind !== 'logement') continue;
    const total = roomPlan(sheet).rooms.reduce((sum, room) => sum + room.area, 0);
    expect(total).toBeCloseTo(sheet.surface, 5);
  }
});
