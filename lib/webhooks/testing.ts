import { randomUUID } from 'node:crypto';
import { and, asc, eq, sql } from 'drizzle-orm';
import { asAccountId, mintStaff } from '@/lib/core/mint';
import type { StaffActor } from '@/lib/core/scope';
import { seal } from '@/lib/core/seal';
import { account, lot, operation, option, promoter, stockSync, webhookEvent } from '@/lib/db/schema/all';
import { asSystem } from '@/lib/db/tenancy';
import type { Office } from '@/lib/denonciations/testing';
import { acts } from '@/sandbox/control/acts';
import type { Scene } from '@/sandbox/core/world';
import { answerKoban } from './answer-koban';
import { forgetDoors } from './know-caller';

export const SECRET = 'a-secret-of-32-characters-at-all';
const ORIGIN = 'http://portal.test/api/webhooks/koban';

/** A call of an office's Koban, as it leaves the sandbox and lands in the portal's own handler. */
export type Call = { token: string; event: string; request: Request };

/** Takes what the sandbox sends of an office to the portal: kept back until `deliver`, or dropped. */
export type Postman = {
  /** Calls sent and not yet delivered, in the order they were sent. */
  waiting: Call[];
  deliver(call?: Call): Promise<Response>;
  deliverAll(): Promise<void>;
  /** Does something as the promoter's salesman. */
  act(name: string, input: Record<string, unknown>): void;
};

const carrying = new WeakMap<Office['sandbox'], Postman>();

/** Opens the office's door to Koban's calls, and has its sandbox call there. */
export async function openDoor(office: Office): Promise<Postman> {
  const known = carrying.get(office.sandbox);
  if (known) return known;
  await asSystem((tx) =>
    tx
      .update(promoter)
      .set({ webhookSecretSealed: seal(SECRET, office.promoter) })
      .where(eq(promoter.id, office.promoter)),
  );
  await asSystem((tx) =>
    tx
      .insert(stockSync)
      .values({ promoterId: office.promoter, lastSeenAt: new Date() })
      .onConflictDoNothing(),
  );
  forgetDoors();
  office.koban.webhook = { base: `${ORIGIN}/${office.promoter}/`, secret: SECRET, secretIn: 'header' };
  const waiting: Call[] = [];
  office.carry(async (input, init) => {
    const request = new Request(input, init);
    const [token = '', event = ''] = new URL(request.url).pathname.split('/').slice(-2);
    waiting.push({ token, event, request });
    return Response.json({ success: true });
  });
  const postman: Postman = {
    waiting,
    async deliver(call = waiting.shift()) {
      if (!call) throw new Error('Nothing was sent');
      return answerKoban(call.request.clone(), call);
    },
    async deliverAll() {
      await office.sandbox.state.webhooks.idle();
      while (waiting.length > 0) await this.deliver();
    },
    act(name, input) {
      const scene: Scene = {
        world: office.sandbox.state,
        account: office.koban,
        cause: { origin: 'console', callId: null },
      };
      const answer = acts[name]?.(scene, input);
      if (!answer?.success) throw new Error(`${name}: ${JSON.stringify(answer)}`);
    },
  };
  carrying.set(office.sandbox, postman);
  return postman;
}

/** A call by hand. */
export function call(
  office: Office,
  event: string,
  {
    secret = SECRET,
    body,
    type,
    query = '',
  }: { secret?: string | null; body?: BodyInit; type?: string; query?: string } = {},
): Promise<Response> {
  const headers = new Headers();
  if (secret !== null) headers.set('x-parvis-secret', secret);
  if (body !== undefined) headers.set('content-type', type ?? 'application/x-www-form-urlencoded');
  const url = `${ORIGIN}/${office.promoter}/${event}${query}`;
  const request = new Request(url, {
    method: body === undefined ? 'GET' : 'POST',
    headers,
    ...(body !== undefined && { body }),
  });
  return answerKoban(request, { token: office.promoter, event });
}

/** The calls kept of an office, oldest first. */
export const keptOf = (office: Office) =>
  asSystem((tx) =>
    tx
      .select()
      .from(webhookEvent)
      .where(eq(webhookEvent.promoterId, office.promoter))
      .orderBy(asc(webhookEvent.id)),
  );

/** The options of an office on a lot, oldest first, with whose third each is. */
export const optionsOn = (office: Office, extcode: string) =>
  asSystem((tx) =>
    tx
      .select({
        id: option.id,
        state: option.state,
        rank: option.rank,
        proof: option.proof,
        endedBy: option.endedBy,
        expiresAt: option.expiresAt,
        prolongedTo: option.prolongedTo,
        code: option.code,
        act: operation.state,
        third: sql<string>`${operation.data} ->> 'thirdGuid'`,
      })
      .from(option)
      .innerJoin(operation, eq(operation.id, option.operationId))
      .where(and(eq(option.promoterId, office.promoter), eq(option.lotExtcode, extcode)))
      .orderBy(asc(option.placedAt)),
  );

/** What the mirror holds of a lot's options. */
export async function mirrorOf(office: Office, extcode: string) {
  const [row] = await asSystem((tx) =>
    tx
      .select({ rank: lot.optionRank, rank1EndsAt: lot.rank1EndsAt })
      .from(lot)
      .where(and(eq(lot.promoterId, office.promoter), eq(lot.extcode, extcode))),
  );
  return row;
}

/** The mirror learns Koban's guid of a lot, which an earlier lot of another code bore before it was withdrawn. */
export async function nameInMirror(office: Office, extcode: string): Promise<void> {
  const known = office.koban.lot(extcode);
  const row = { promoterId: office.promoter, guid: known?.guid ?? '', label: extcode, version: 0 };
  await asSystem(async (tx) => {
    await tx.insert(lot).values({
      ...{ ...row, extcode: `${extcode}-before`, withdrawnAt: new Date(), secondary: false, fields: {} },
      ...{ programmeCode: known?.programme ?? '', statusCode: 'LIBRE', contentHash: 'x', actable: true },
    });
    await tx
      .update(lot)
      .set({ guid: row.guid })
      .where(and(eq(lot.promoterId, office.promoter), eq(lot.extcode, extcode)));
  });
}

/** Somebody of an office's staff. */
export async function addStaff(office: Office): Promise<StaffActor> {
  const id = randomUUID();
  const name = 'Antoine Delmas';
  await asSystem((tx) =>
    tx
      .insert(account)
      .values({ id, email: `${id}@exemple.fr`, name, role: 'staff', promoterId: office.promoter }),
  );
  return mintStaff({ account: asAccountId(id), name, promoter: office.promoter });
}
