import { describe, expect, it } from 'vitest';
import { formatPhone, normalisePhone } from './phone';

describe('normalisePhone', () => {
  it.each([
    ['06 12 34 56 78', '+33612345678'],
    ['06.12.34.56.78', '+33612345678'],
    ['+33 (0)6 12 34 56 78', '+33612345678'],
    ['0033612345678', '+33612345678'],
    ['0590 12 34 56', '+33590123456'],
    ['+41 79 123 45 67', '+41791234567'],
  ])('reads %s', (typed, e164) => expect(normalisePhone(typed)).toEqual({ e164 }));

  it.each([
    ['06 12 34 5', { reason: 'too-short', digits: 7, french: true }],
    ['+33 6 12 34 5', { reason: 'too-short', digits: 7, french: true }],
    ['06 12 34 56 78 9', { reason: 'too-long', digits: 11, french: true }],
    ['00 00 00 00 00', { reason: 'invalid', digits: 10, french: true }],
    ['+41 79 12', { reason: 'too-short', digits: 6, french: false }],
    ['bonjour', { reason: 'invalid', digits: 0, french: true }],
    ['', { reason: 'invalid', digits: 0, french: true }],
  ])('says why not %s', (typed, refusal) => expect(normalisePhone(typed)).toEqual(refusal));
});

describe('formatPhone', () => {
  it.each([
    ['+33612345678', '06 12 34 56 78'],
    ['+32470123456', '+32 470 12 34 56'],
    ['no number', 'no number'],
  ])('writes %s as people read it', (e164, words) => expect(formatPhone(e164)).toBe(words));
});
