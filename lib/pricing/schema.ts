import { z } from 'zod';
import { type Day, readDay } from '@/lib/core/days';
import { parseEuros } from '@/lib/core/money';
import { depositCap } from './rules';

// Issue messages are codes: their sentences are in the message files, under `acts.fields`.

const text = (max: number) => z.string().trim().max(max, 'too-long');
const required = (max: number) => text(max).min(1, 'required');

/** An amount of euros as typed; cents come out. */
export const amount = required(20).transform((typed, ctx) => {
  const cents = parseEuros(typed);
  if (cents !== null) return cents;
  ctx.addIssue({ code: 'custom', message: 'amount' });
  return z.NEVER;
});
/** The same, where none need be given. */
export const optionalAmount = text(20).transform((typed, ctx) => {
  if (typed === '') return undefined;
  const cents = parseEuros(typed);
  if (cents !== null) return cents;
  ctx.addIssue({ code: 'custom', message: 'amount' });
  return z.NEVER;
});
const price = amount.refine((cents) => cents > 0, 'amount');
const realDay = required(10).refine((typed) => readDay(typed) !== null, 'day');

/** The price, the deposit and when the deed is to be signed, on which the deposit's cap depends. */
export const priceFields = { price, deposit: amount, deedDay: realDay };

type Priced = { price: number; deposit: number; deedDay: Day };

/** The cap of the deposit, and a deed not before the contract that it follows. `signed` is the day of the reservation. */
export function checkDeposit(signed: Day) {
  return (value: Priced, ctx: z.RefinementCtx) => {
    if (value.deedDay < signed) {
      ctx.addIssue({ code: 'custom', path: ['deedDay'], message: 'day-past' });
      return;
    }
    const { capCents } = depositCap(value.price, { signed, deed: value.deedDay });
    if (value.deposit > capCents) {
      ctx.addIssue({ code: 'custom', path: ['deposit'], message: 'deposit-cap' });
    }
  };
}
