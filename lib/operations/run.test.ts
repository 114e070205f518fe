import { randomUUID } from 'node:crypto';
import { eq } from 'drizzle-orm';
import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { z } from 'zod';
import type { PartnerActor } from '@/lib/core/scope';
import type { Database } from '@/lib/db/client';
import { operation, operationStep } from '@/lib/db/schema/all';
import { asSystem, asTenant } from '@/lib/db/tenancy';
import { testDatabase } from '@/lib/db/testing';
import {
  addPartner,
  forgetActs,
  inMinutes,
  mint,
  type Office,
  openOffice,
} from '@/lib/denonciations/testing';
import { beginOperation } from './begin';
import type { Definition, OperationRef, Turn } from './definition';
import { reopenOperation } from './reopen';
import { resumeDueOperations } from './resume';
import { runOperation } from './run';

type Data = { note: string };
type Call = () => Promise<Turn<Data>>;

let db: Database;
let office: Office;
let actor: PartnerActor;
/** What was sent, in order. */
let sent: string[];
let settled: string[];
/** The domain's row, as it stands. */
let stored: string;
/** What the second phase knew of it as it began. */
let known: string[];
/** Whether the author still has the right. */
let permitted: boolean;
let calls: Record<'read' | 'write' | 'readBack', Call>;

const done: Turn<Data> = { step: 'done', ending: { to: 'done', proof: 'answer' } };
const onward: Turn<Data> = {
  step: 'done',
  data: { note: 'read' },
  ending: { to: 'phase', phase: 'write' },
};

/** Two phases: one that may be repeated, one that may not. */
const definition: Definition<string, Data, string[]> = {
  data: z.object({ note: z.string() }),
  connect: async () => sent,
  load: async () => stored,
  permits: async () => permitted,
  lapse: (_act, code) => ({ to: 'unsent', code }),
  phases: {
    read: {
      repeatable: true,
      asks: () => 'read',
      run: (koban) => {
        koban.push('read');
        return calls.read();
      },
    },
    write: {
      repeatable: false,
      asks: ({ data }) => data,
      run: (koban, { subject }) => {
        known.push(subject);
        koban.push('write');
        return calls.write();
      },
      readBack: (koban) => {
        koban.push('readBack');
        return calls.readBack();
      },
    },
  },
  settle: async (_tx, _runner, _act, rest) => void settled.push(rest.to),
};

beforeAll(async () => {
  db = await testDatabase();
  office = await openOffice();
  actor = await addPartner([office]);
});
beforeEach(async () => {
  await forgetActs();
  sent = [];
  settled = [];
  permitted = true;
  stored = 'placed';
  known = [];
  calls = { read: async () => onward, write: async () => done, readBack: async () => done };
});
afterAll(async () => {
  await office.close();
  await db.close();
});

async function begin(lotExtcode: string = randomUUID()): Promise<OperationRef> {
  const begun = await asTenant(actor.scope, (tx) =>
    beginOperation(tx, actor, {
      promoter: office.promoter,
      kind: 'option',
      kobanAccount: 'k',
      formKey: randomUUID(),
      requestHash: 'h',
      programmeCode: 'P',
      lotExtcode,
      phase: 'read',
      data: { note: '' },
    }),
  );
  if (begun.kind !== 'begun') throw new Error(begun.kind);
  return { id: begun.id, promoter: office.promoter, cabinet: actor.cabinet };
}
const run = (ref: OperationRef, at?: Date) => runOperation(actor, ref, definition, at);
const rowOf = async (id: string) => {
  const [row] = await asSystem((tx) => tx.select().from(operation).where(eq(operation.id, id)));
  return row;
};
const stepsOf = async (id: string) => {
  const rows = await asSystem((tx) =>
    tx.select().from(operationStep).where(eq(operationStep.operationId, id)).orderBy(operationStep.id),
  );
  return rows.map((step) => `${step.name} ${step.state}`);
};
/** The process dies in this call: nothing that follows is written. */
const dies: Call = async () => {
  throw new Error('killed');
};

it('commits each intention before its call', async () => {
  const ref = await begin();
  const seen: string[][] = [];
  calls.read = async () => {
    seen.push(await stepsOf(ref.id));
    return onward;
  };
  calls.write = async () => {
    seen.push(await stepsOf(ref.id));
    return done;
  };
  expect(await run(ref)).toMatchObject({ state: 'done', data: { note: 'read' } });
  expect(seen).toEqual([['read intent'], ['read done', 'write intent']]);
  expect(settled).toEqual(['done']);
});

it('begins each phase with what is stored then, not with what the act began with', async () => {
  const ref = await begin();
  calls.read = async () => {
    stored = 'cancelled';
    return onward;
  };
  await run(ref);
  expect(known).toEqual(['cancelled']);
});

it('repeats, after a crash, what may be repeated', async () => {
  const ref = await begin();
  calls.read = dies;
  await expect(run(ref)).rejects.toThrow('killed');
  calls.read = async () => onward;
  expect(await run(ref)).toBeNull();
  expect(await run(ref, inMinutes(2))).toMatchObject({ state: 'done' });
  expect(sent).toEqual(['read', 'read', 'write']);
});

it('reads back, after a crash, what may not be repeated', async () => {
  const ref = await begin();
  calls.write = dies;
  await expect(run(ref)).rejects.toThrow('killed');
  calls.readBack = async () => ({ step: 'done', ending: { to: 'done', proof: 'reading' } });
  expect(await run(ref, inMinutes(2))).toMatchObject({ state: 'uncertain', code: 'write-unknown' });
  expect(await run(ref, inMinutes(4))).toMatchObject({ state: 'done' });
  expect(sent).toEqual(['read', 'write', 'readBack']);
  expect(await stepsOf(ref.id)).toEqual(['read done', 'write unknown', 'reading done']);
  expect(settled).toEqual(['uncertain', 'done']);
});

it('reads at 30 s, 2, 5 and 15 minutes, then every half hour', async () => {
  const ref = await begin();
  const start = inMinutes(1);
  calls.write = async () => ({ step: 'unknown', ending: { to: 'uncertain', code: 'u' } });
  calls.readBack = calls.write;
  await run(ref, start);
  const seconds: number[] = [];
  for (let reading = 0; reading < 6; reading += 1) {
    const next = (await rowOf(ref.id))?.nextCheckAt ?? start;
    seconds.push((next.getTime() - start.getTime()) / 1000);
    expect(await run(ref, new Date(next.getTime() - 1_000))).toBeNull();
    await run(ref, next);
  }
  expect(seconds).toEqual([30, 120, 300, 900, 2700, 4500]);
  expect((await rowOf(ref.id))?.uncertainAt?.getTime()).toBe(start.getTime());
});

it('writes nothing with a fence that another process has passed', async () => {
  const ref = await begin();
  let release: (turn: Turn<Data>) => void = () => undefined;
  const answer = new Promise<Turn<Data>>((resolve) => {
    release = resolve;
  });
  let reached: () => void = () => undefined;
  const sending = new Promise<void>((resolve) => {
    reached = resolve;
  });
  calls.write = async () => {
    reached();
    return answer;
  };
  const slow = run(ref);
  await sending;
  expect(await run(ref, inMinutes(2))).toMatchObject({ state: 'uncertain' });
  release(done);
  expect(await slow).toBeNull();
  expect(await rowOf(ref.id)).toMatchObject({ state: 'uncertain', code: 'write-unknown' });
  expect(settled).toEqual(['uncertain']);
});

describe('taken up by the machine after an interruption', () => {
  const recover = (ref: OperationRef, at: Date) =>
    runOperation(
      mint({ ...ref, promoterId: ref.promoter, cabinetId: ref.cabinet }).actor,
      ref,
      definition,
      at,
    );

  it.each([
    ['asked-too-long-ago', true, 48 * 60],
    ['asked-too-long-ago', true, 16],
    ['right-ended', false, 2],
  ] as const)('is not sent: %s', async (code, still, minutes) => {
    const ref = await begin();
    calls.read = dies;
    await expect(run(ref)).rejects.toThrow('killed');
    calls.read = async () => onward;
    permitted = still;
    expect(await recover(ref, inMinutes(minutes))).toMatchObject({ state: 'unsent', code });
    expect(sent).toEqual(['read']);
    expect(settled).toEqual(['unsent']);
  });

  it('is not sent when the right ends between its two calls', async () => {
    const ref = await begin();
    calls.read = async () => {
      permitted = false;
      return onward;
    };
    expect(await recover(ref, inMinutes(2))).toMatchObject({ state: 'unsent', code: 'right-ended' });
    expect(sent).toEqual(['read']);
    expect(await stepsOf(ref.id)).toEqual(['read done']);
  });

  it('is sent within a quarter of an hour, counted from the latest asking', async () => {
    const ref = await begin();
    calls.write = async () => ({ step: 'unreachable', ending: { to: 'unsent', code: 'away' } });
    await run(ref);
    await asSystem((tx) =>
      tx
        .update(operation)
        .set({ askedAt: inMinutes(-300) })
        .where(eq(operation.id, ref.id)),
    );
    const from = { state: 'unsent' as const, phase: 'read', data: { note: '' } };
    expect(
      await reopenOperation(actor, ref.id, from, { permits: async () => true, also: async () => {} }),
    ).toBe('reopened');
    calls.write = async () => done;
    expect(await recover(ref, inMinutes(14))).toMatchObject({ state: 'done' });
  });

  it('takes no call of an earlier attempt for one of its own', async () => {
    const ref = await begin();
    calls.write = dies;
    await expect(run(ref)).rejects.toThrow('killed');
    // Left unsent by hand: the intention of the first attempt stays as it was.
    await asSystem((tx) =>
      tx.update(operation).set({ state: 'unsent', leaseUntil: null }).where(eq(operation.id, ref.id)),
    );
    const from = { state: 'unsent' as const, phase: 'read', data: { note: '' } };
    await reopenOperation(actor, ref.id, from, { permits: async () => true, also: async () => {} });
    calls.write = async () => done;
    expect(await run(ref)).toMatchObject({ state: 'done', attempt: 2 });
  });
});

it('lets twenty acts that cannot be run hide no other', async () => {
  const broken = await Promise.all(Array.from({ length: 20 }, () => begin()));
  const well = await begin();
  const isBroken = new Set(broken.map(({ id }) => id));
  const runners = {
    denonciation: async () => undefined,
    option: (runner: Parameters<typeof runOperation>[0], ref: OperationRef, at?: Date) =>
      isBroken.has(ref.id) ? Promise.reject(new Error('broken')) : runOperation(runner, ref, definition, at),
  };
  await asSystem((tx) =>
    tx
      .update(operation)
      .set({ nextCheckAt: inMinutes(1.5) })
      .where(eq(operation.id, well.id)),
  );
  expect(await resumeDueOperations({ mint, runners }, inMinutes(2))).toBe(20);
  expect(await resumeDueOperations({ mint, runners }, inMinutes(2))).toBe(1);
  expect(await rowOf(well.id)).toMatchObject({ state: 'done' });
  const seen: number[] = [];
  for (const at of [2, 8, 60].map(inMinutes)) {
    await resumeDueOperations({ mint, runners }, at);
    const next = (await rowOf(broken[0]?.id ?? ''))?.nextCheckAt ?? at;
    seen.push(Math.round((next.getTime() - at.getTime()) / 60_000));
  }
  expect(seen).toEqual([2, 8, 30]);
});

it('is run by one process only, however many try', async () => {
  const ref = await begin();
  const all = await Promise.all(Array.from({ length: 8 }, () => run(ref)));
  expect(all.filter(Boolean)).toHaveLength(1);
  expect(sent).toEqual(['read', 'write']);
});

it('takes up what is due, once, and goes on past an act that cannot be run', async () => {
  const refs = await Promise.all(Array.from({ length: 12 }, () => begin()));
  expect(await resumeDueOperations({ mint, runners: { denonciation: dies, option: dies } })).toBe(0);
  const broken = refs[0]?.id;
  const runners = {
    denonciation: async () => undefined,
    option: (runner: Parameters<typeof runOperation>[0], ref: OperationRef, at?: Date) =>
      ref.id === broken ? Promise.reject(new Error('broken')) : runOperation(runner, ref, definition, at),
  };
  const counts = await Promise.all([
    resumeDueOperations({ mint, runners }, inMinutes(2)),
    resumeDueOperations({ mint, runners }, inMinutes(2)),
  ]);
  expect(counts.every((count) => count > 0)).toBe(true);
  const rows = await Promise.all(refs.map((ref) => rowOf(ref.id)));
  expect(rows.filter((row) => row?.state === 'done')).toHaveLength(11);
  expect(sent.filter((call) => call === 'write')).toHaveLength(11);
});

it('refuses a second act on the lot of one that is under way or unknown', async () => {
  const lot = randomUUID();
  const ref = await begin(lot);
  await expect(begin(lot)).rejects.toThrow('refused');
  calls.write = async () => ({ step: 'unknown', ending: { to: 'uncertain', code: 'u' } });
  await run(ref);
  await expect(begin(lot)).rejects.toThrow('refused');
});
