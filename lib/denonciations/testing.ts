import { randomUUID } from 'node:crypto';
import { and, eq, inArray } from 'drizzle-orm';
import { asAccountId, asCabinetId, asPromoterId, mintPartner, mintScope, mintSystem } from '@/lib/core/mint';
import type { CabinetId, PartnerActor, PromoterId } from '@/lib/core/scope';
import {
  account,
  cabinet,
  convention,
  conventionProgramme,
  denonciation,
  lot,
  operation,
  operationStep,
  programme,
  promoter,
} from '@/lib/db/schema/all';
import { asSystem } from '@/lib/db/tenancy';
import { createKobanClient, type KobanClient } from '@/lib/koban/client';
import type { Resumption } from '@/lib/operations/resume';
import { sealAccess } from '@/lib/promoters/change-koban-access';
import { createSandbox, type Sandbox } from '@/sandbox/app';
import type { Account } from '@/sandbox/core/account';
import type { FaultInput } from '@/sandbox/core/faults';
import { type Listening, listen } from '@/sandbox/server';
import { fileDenonciations } from './file-denonciations';
import { poseDenonciation } from './pose-denonciation';
import { type DenonciationForm, denonciationSchema } from './schema';

const clients = new Map<PromoterId, KobanClient>();

/** Stands in for `kobanFor` in tests: short deadlines, and a breaker that never opens. */
export async function testKoban(promoterId: PromoterId): Promise<KobanClient> {
  const koban = clients.get(promoterId);
  if (!koban) throw new Error('No such promoter in this test');
  return koban;
}

/** Deadline of a call in tests, in ms. */
export const TEST_DEADLINE_MS = 1_500;

/** One promoter whose Koban is a sandbox over real HTTP, with a programme and its free lots in the mirror. */
export type Office = {
  sandbox: Sandbox;
  koban: Account;
  promoter: PromoterId;
  slug: string;
  programmes: string[];
  freeLots: string[];
  effects(kind: string): number;
  calls(method: string): number;
  fault(fault: FaultInput): void;
  /** Where Koban's own calls go from now on; until then they are taken and forgotten. */
  carry(webhooks: typeof fetch): void;
  /** Nothing listens where Koban was. */
  unplug(): void;
  plug(): void;
  close(): Promise<void>;
};

/** Opens a promoter on the sandbox account of this place (0: as documented first; 1: the other variants). */
export async function openOffice(
  options: { account?: 0 | 1; sharing?: Office; maxLots?: number } = {},
): Promise<Office> {
  const index = options.account ?? 0;
  const slugs = ['valmont', 'littoral'];
  const keys = { api: randomUUID(), user: randomUUID() };
  const own = options.sharing ? null : await serve(slugs[index] ?? '', keys);
  const sandbox = options.sharing?.sandbox ?? own?.sandbox;
  const url = own?.served.url ?? (options.sharing && urls.get(options.sharing.promoter));
  const koban = sandbox?.state.accounts[index];
  if (!sandbox || !koban || !url) throw new Error('No sandbox');
  const id = asPromoterId(randomUUID());
  const slug = `p-${id.slice(0, 8)}`;
  const connect = (baseUrl: string) =>
    clients.set(
      id,
      createKobanClient({
        baseUrl: `${baseUrl}/api/v1`,
        apiKey: koban.keys.api,
        userKey: koban.keys.user,
        limits: { totalMs: TEST_DEADLINE_MS, tries: 1, breakerFailures: 1_000, inFlight: 8 },
      }),
    );
  connect(url);
  urls.set(id, url);
  const codes = [...koban.programmes.keys()].slice(0, 2);
  const lots = [...koban.allLots()].filter((one) => one.programme === codes[0] && !one.secondary);
  const free = lots.filter((one) => one.status === 'LIBRE' && one.options.length === 0);
  await asSystem(async (tx) => {
    await tx.insert(promoter).values({
      id,
      slug,
      name: koban.name,
      ...sealAccess(id, {
        url: `${url}/api/v1`,
        apiKey: koban.keys.api,
        userKey: koban.keys.user,
      }),
      webhookToken: id,
      webhookSecretSealed: 'x',
      settings: {
        ...{ optionHours: 72, optionHoursMax: 168, fields: [], statusLabels: {}, documentHosts: [] },
        lists: {
          professions: [{ code: 'CADRE', label: 'Cadre' }],
          originChannels: [{ code: 'CGP', label: 'Conseiller' }],
        },
      },
    });
    await tx.insert(programme).values(
      codes.map((code) => ({
        ...{ promoterId: id, code, label: `Résidence ${code}`, active: true, steps: [], fields: {} },
        ...{ contentHash: 'x', version: 0 },
      })),
    );
    await tx.insert(lot).values(
      lots.map((one) => ({
        ...{ promoterId: id, extcode: one.extcode, actable: true, label: one.label, fields: {} },
        ...{ programmeCode: one.programme, statusCode: one.status, secondary: false },
        ...{ contentHash: 'x', version: 0 },
      })),
    );
  });
  return {
    sandbox,
    koban,
    promoter: id,
    slug,
    programmes: codes,
    freeLots: free.map((one) => one.extcode),
    effects: (kind) => sandbox.state.ledger.effects({ account: koban.slug, kind }).length,
    calls: (method) => sandbox.state.ledger.calls({ account: koban.slug, method }).length,
    fault: (fault) => void sandbox.state.faults.add(fault),
    carry: (webhooks) => void carriers.set(sandbox, webhooks),
    unplug: () => void connect('http://127.0.0.1:4169'),
    plug: () => void connect(url),
    close: async () => own?.served.close(),
  };
}

const urls = new Map<PromoterId, string>();
const carriers = new WeakMap<Sandbox, typeof fetch>();

async function serve(
  slug: string,
  keys: { api: string; user: string },
): Promise<{ sandbox: Sandbox; served: Listening }> {
  const sandbox: Sandbox = createSandbox({
    keys: { [slug]: keys },
    webhookFetch: async (...call) => carriers.get(sandbox)?.(...call) ?? Response.json({}),
  });
  return { sandbox, served: await listen(sandbox, 0) };
}

/** Closes the office's first programme, as its Koban does by IsActive; or withdraws it, as when Koban lists it no longer. */
export const closeProgramme = (office: Office, how: 'inactive' | 'withdrawn' = 'inactive') =>
  asSystem((tx) =>
    tx
      .update(programme)
      .set(how === 'inactive' ? { active: false } : { withdrawnAt: new Date() })
      .where(and(eq(programme.promoterId, office.promoter), eq(programme.code, office.programmes[0] ?? ''))),
  );

/** A partner of a cabinet (a new one unless given), with a convention at each office. */
export async function addPartner(
  offices: Office[],
  options: {
    role?: 'adviser' | 'manager';
    cabinet?: CabinetId;
    programmes?: string[];
    maxOptions?: number;
    validUntil?: string;
  } = {},
): Promise<PartnerActor> {
  const id = randomUUID();
  const cabinetId = options.cabinet ?? asCabinetId(randomUUID());
  const role = options.role ?? 'adviser';
  const name = 'Claire Ormeau';
  await asSystem(async (tx) => {
    if (!options.cabinet) {
      await tx.insert(cabinet).values({ id: cabinetId, name: 'Ormeau Patrimoine' });
      for (const { promoter: promoterId, koban } of offices) {
        const cgp = [...koban.thirds.values()].find((third) => third.wire.Extcode === 'CGP-ORMEAU');
        const [made] = await tx
          .insert(convention)
          .values({
            promoterId,
            cabinetId,
            allProgrammes: !options.programmes,
            kobanGuid: cgp?.guid ?? null,
            maxOptions: options.maxOptions ?? null,
            validUntil: options.validUntil ?? null,
          })
          .returning({ id: convention.id });
        for (const programmeCode of options.programmes ?? []) {
          await tx
            .insert(conventionProgramme)
            .values({ conventionId: made?.id ?? '', promoterId, programmeCode });
        }
      }
    }
    await tx.insert(account).values({ id, email: `${id}@exemple.fr`, name, role, cabinetId });
  });
  const promoters = offices.map((office) => office.promoter);
  const scope = mintScope(promoters, cabinetId);
  return mintPartner({ account: asAccountId(id), name, cabinet: cabinetId, role, scope });
}

let people = 0;

/** The form, filled for a prospect whom nobody has met, on the office's first programme. */
export function formFor(office: Office, changes: Partial<DenonciationForm> = {}): DenonciationForm {
  people += 1;
  const number = String(people).padStart(4, '0');
  return {
    formKey: randomUUID(),
    gender: 'MME',
    lastName: `Lefèvre${number}`,
    firstName: 'Noémie',
    email: `Noemie.${number}.${office.slug}@Exemple.fr`,
    phone: `06 1${number[0]} ${number.slice(1, 3)} ${number[3]}1 23`,
    programmes: [{ promoter: office.slug, code: office.programmes[0] ?? '' }],
    typologies: ['T3'],
    rooms: 3,
    budget: '352 500 €',
    source: 'network',
    comment: '',
    consent: true,
    ...changes,
  };
}

/** Files a form and runs its acts to where they come to rest. */
export async function fileAndRun(actor: PartnerActor, form: DenonciationForm): Promise<string[]> {
  const filings = await fileDenonciations(actor, denonciationSchema.parse(form));
  const ids: string[] = [];
  for (const filing of filings) {
    if (filing.kind !== 'filed') throw new Error(`Not filed: ${filing.code}`);
    await poseDenonciation(actor, filing.ref);
    ids.push(filing.id);
  }
  return ids;
}

/** A prospect of this partner, denounced and accepted on the office's first programme. */
export async function acceptedDenonciation(actor: PartnerActor, office: Office): Promise<string> {
  const [id] = await fileAndRun(actor, formFor(office));
  if (!id) throw new Error('Not filed');
  return id;
}

/** A dénonciation as it stands, with its act and steps, whoever may see it. */
export async function standing(id: string) {
  return asSystem(async (tx) => {
    const [row] = await tx
      .select({ denonciation, operation })
      .from(denonciation)
      .innerJoin(operation, eq(operation.id, denonciation.operationId))
      .where(eq(denonciation.id, id));
    if (!row) throw new Error('No such dénonciation');
    const steps = await tx
      .select({ name: operationStep.name, state: operationStep.state, sentHash: operationStep.sentHash })
      .from(operationStep)
      .where(and(eq(operationStep.operationId, row.operation.id)))
      .orderBy(operationStep.id);
    return { ...row.denonciation, operation: row.operation, steps };
  });
}

/** How the job names a due act, and in whose right it runs it. */
export const mint: Resumption['mint'] = ({ id, promoterId, cabinetId }) => {
  const promoterOfAct = asPromoterId(promoterId);
  return {
    actor: mintSystem('system', promoterOfAct, 'reprise'),
    ref: { id, promoter: promoterOfAct, cabinet: asCabinetId(cabinetId) },
  };
};

/** Settles whatever earlier tests left under way. */
export const forgetActs = (): Promise<unknown> =>
  asSystem((tx) =>
    tx
      .update(operation)
      .set({ state: 'abandoned', nextCheckAt: null })
      .where(inArray(operation.state, ['open', 'uncertain'])),
  );

/** `minutes` from now. */
export const inMinutes = (minutes: number): Date => new Date(Date.now() + minutes * 60_000);
