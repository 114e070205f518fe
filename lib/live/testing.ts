import { randomUUID } from 'node:crypto';
import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { and, eq } from 'drizzle-orm';
import { makePromoter } from '@/lib/auth/testing';
import { asPromoterId, mintScope } from '@/lib/core/mint';
import type { PromoterId } from '@/lib/core/scope';
import { denonciation, lot, operation, programme, prospect } from '@/lib/db/schema/all';
import { asSystem, asTenant } from '@/lib/db/tenancy';
import { nextVersion } from '@/lib/stock/queries';
import { serveStreams } from './serve-streams';

export type Heard = { kind: string; data: Record<string, unknown>; id: string };

/** A promoter with two programmes, `P1` and `P2`, of six lots each: `P1-0` to `P2-5`. */
export async function makeStock(): Promise<{ promoter: PromoterId; slug: string }> {
  const { id, slug } = await makePromoter();
  const promoter = asPromoterId(id);
  const codes = ['P1', 'P2'];
  await asSystem(async (tx) => {
    await tx.insert(programme).values(
      codes.map((code) => ({
        ...{ promoterId: id, code, label: `Résidence ${code}`, active: true, steps: [], fields: {} },
        ...{ contentHash: 'x', version: 0 },
      })),
    );
    await tx.insert(lot).values(
      codes.flatMap((programmeCode) =>
        [0, 1, 2, 3, 4, 5].map((number) => ({
          ...{ promoterId: id, extcode: `${programmeCode}-${number}`, actable: true, label: 'A', fields: {} },
          ...{ programmeCode, statusCode: 'LIBRE', secondary: false, contentHash: 'x', version: 0 },
        })),
      ),
    );
  });
  return { promoter, slug };
}

/** Changes a lot as the mirror does. @returns the stock's new version */
export function changeLot(promoter: PromoterId, extcode: string, change: Partial<typeof lot.$inferInsert>) {
  return asTenant(mintScope([promoter], null), async (tx) => {
    const version = await nextVersion(tx, promoter);
    await tx
      .update(lot)
      .set({ ...change, version })
      .where(and(eq(lot.promoterId, promoter), eq(lot.extcode, extcode)));
    return version;
  });
}

/** A dénonciation that somebody has filed. @returns its id */
export function makeAct(promoter: PromoterId, cabinetId: string, accountId: string): Promise<string> {
  const id = randomUUID();
  return asSystem(async (tx) => {
    const filed = { promoterId: promoter, cabinetId, accountId };
    const [who] = await tx
      .insert(prospect)
      .values({
        ...filed,
        ...{ extcode: id, lastName: 'Delorme', firstName: 'Agathe', email: `${id}@exemple.fr` },
        ...{ phone: '+33612345678', consentAt: new Date(), search: 'delorme agathe' },
      })
      .returning({ id: prospect.id });
    const [work] = await tx
      .insert(operation)
      .values({
        ...{ ...filed, kind: 'denonciation', kobanAccount: promoter, formKey: id, requestHash: 'x' },
        ...{ programmeCode: 'P1', state: 'done', phase: 'pose', data: {} },
      })
      .returning({ id: operation.id });
    await tx.insert(denonciation).values({
      ...{ ...filed, id, operationId: work?.id ?? '', prospectId: who?.id ?? '', programmeCode: 'P1' },
      ...{ state: 'accepted', reference: id, consentAt: new Date() },
      wish: { typologies: [], rooms: null, budgetCents: null, source: null, comment: null },
    });
    return id;
  });
}

/** An open stream, its events as they came. */
export class Stream {
  readonly heard: Heard[] = [];
  /** How it ended; never rejects. */
  readonly ended: Promise<'closed' | 'cut'>;
  readonly #reader: ReadableStreamDefaultReader<Uint8Array>;
  #wake: () => void = () => {};

  private constructor(body: ReadableStream<Uint8Array>) {
    this.#reader = body.getReader();
    this.ended = this.#read().catch(() => 'cut' as const);
  }

  /** @throws Error with the status when it is refused */
  static async open(cookie: string, last?: string): Promise<Stream> {
    const response = await askStream(cookie, last);
    if (!response.body || response.status !== 200) throw new Error(String(response.status));
    const stream = new Stream(response.body);
    await stream.next('hello');
    return stream;
  }

  /** The first event of a kind, or the first after those that there were: it waits for it. */
  async next(kind: string, after = 0): Promise<Heard> {
    for (;;) {
      const found = this.of(kind)[after];
      if (found) return found;
      await new Promise<void>((resolve) => {
        this.#wake = resolve;
      });
    }
  }

  of(kind: string): Heard[] {
    return this.heard.filter((event) => event.kind === kind);
  }

  close(): Promise<void> {
    return this.#reader.cancel();
  }

  async #read(): Promise<'closed'> {
    const decoder = new TextDecoder();
    let text = '';
    for (;;) {
      const { done, value } = await this.#reader.read();
      if (done) return 'closed';
      text += decoder.decode(value, { stream: true });
      const frames = text.split('\n\n');
      text = frames.pop() ?? '';
      for (const frame of frames) {
        const field = (name: string) => new RegExp(`^${name}: (.*)$`, 'm').exec(frame)?.[1] ?? '';
        this.heard.push({ kind: field('event'), data: JSON.parse(field('data')), id: field('id') });
      }
      this.#wake();
    }
  }
}

let address: Promise<string> | undefined;

/** Asks a server of this process for the stream, as a browser does. What is not of the streams, that server answers with 404. */
export async function askStream(cookie: string, last?: string, path = '/api/events'): Promise<Response> {
  address ??= new Promise((resolve) => {
    serveStreams();
    const server = createServer((_, response) => response.writeHead(404).end()).unref();
    server.listen(0, '127.0.0.1', () => {
      resolve(`http://127.0.0.1:${(server.address() as AddressInfo).port}`);
    });
  });
  return fetch((await address) + path, {
    headers: { cookie: `parvis-session=${cookie}`, ...(last !== undefined && { 'last-event-id': last }) },
  });
}
