import { expect, it } from 'vitest';
import { newId, randomToken } from './ids';

it('makes UUIDs of version 7 that carry the time and never repeat', () => {
  const before = Date.now();
  const ids = Array.from({ length: 2000 }, newId);
  expect(new Set(ids).size).toBe(2000);
  for (const id of ids) {
    expect(id).toMatch(/^[0-9a-f]{8}-[0-9a-f]{4}-7[0-9a-f]{3}-[89ab][0-9a-f]{3}-[0-9a-f]{12}$/);
    const time = Number.parseInt(id.replaceAll('-', '').slice(0, 12), 16);
    expect(time >= before && time <= Date.now()).toBe(true);
  }
});

it('makes tokens of the asked strength that need no escaping', () => {
  const tokens = Array.from({ length: 500 }, () => randomToken(32));
  expect(new Set(tokens).size).toBe(500);
  for (const token of tokens) expect(token).toMatch(/^[\w-]{43}$/);
});
