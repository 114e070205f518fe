import type { z } from 'zod';
import type { CabinetId, PartnerActor, PromoterId, StaffActor, SystemActor } from '@/lib/core/scope';
import type { operation } from '@/lib/db/schema/all';
import type { TenantTx } from '@/lib/db/tenancy';

/** Who may run an act: its author, the promoter's staff, or a job that takes it up again. */
export type Runner = PartnerActor | StaffActor | SystemActor;

/** An act to run, and whose it is. */
export type OperationRef = { id: string; promoter: PromoterId; cabinet: CabinetId };

export type OperationRow = typeof operation.$inferSelect;

/** What came of one call: Koban's five answers, or `skipped` when the call was not needed. */
export type StepState = 'done' | 'refused' | 'unreachable' | 'malformed' | 'unknown' | 'skipped';

/** Facts of a step: flags, ranks, dates, codes. Never a person's data. */
export type Facts = Record<string, string | number | boolean | null>;

/** How an act is known to be done: Koban's own answer, a later reading, Koban's webhook, or the promoter's staff. */
export type Proof = 'answer' | 'reading' | 'webhook' | 'person';

/** Where a phase leaves the act. */
export type Ending =
  | { to: 'phase'; phase: string }
  | { to: 'done'; proof: Proof }
  /** Koban (or a rule of ours, before anything was sent) said no. */
  | { to: 'refused'; code: string; kobanMessage?: string | null }
  /** Nothing was sent that could have had an effect: kept, to be sent again by a person. */
  | { to: 'unsent'; code: string }
  /** Something was sent and its effect is not known: read back later, by `phase` (the present one unless named). */
  | { to: 'uncertain'; code: string; phase?: string }
  /** Never known, and it no longer matters. */
  | { to: 'abandoned'; code: string };

/** An ending that leaves the machine nothing to do at once. */
export type Rest = Exclude<Ending, { to: 'phase' }>;

/** What one phase came to. */
export type Turn<Data> = {
  step: StepState;
  facts?: Facts;
  /** What the next phases need to know; stored before they begin. */
  data?: Partial<Data>;
  /** Phases that need not run, shown as such. */
  skipped?: string[];
  ending: Ending;
  /** What else must be written in the transaction of the outcome. */
  also?: (tx: TenantTx) => Promise<void>;
};

/** An act in hand. `now` is the injected clock. */
export type Act<Subject, Data> = {
  ref: OperationRef;
  operation: OperationRow;
  data: Data;
  subject: Subject;
  /** The machine took it up after an interruption: nobody is there to be asked. */
  recovered: boolean;
  now: () => Date;
};

/** Why the machine no longer sends what a person once asked for. */
export type LapseCode = 'asked-too-long-ago' | 'right-ended';

/** One phase: at most one call to Koban. */
export type Phase<Subject, Data, Koban> = {
  /** Sent twice it takes effect once at most: a read, or an upsert by our own code. */
  repeatable: boolean;
  /** All that decides what is sent: its hash is committed before the call. */
  asks(act: Act<Subject, Data>): unknown;
  run(koban: Koban, act: Act<Subject, Data>): Promise<Turn<Data>>;
  /** Reads what became of an unknown call (RELIABILITY, Annex A). Never repeats it, unless by ending in a repeatable phase. */
  readBack?(koban: Koban, act: Act<Subject, Data>): Promise<Turn<Data>>;
};

/** A kind of act, given by its domain. */
export type Definition<Subject, Data, Koban> = {
  data: z.ZodType<Data>;
  /** Opens Koban, before anything is written and outside every transaction. */
  connect(promoter: PromoterId): Promise<Koban>;
  /** The domain's row and what its phases need: read again as each phase begins. */
  load(tx: TenantTx, operation: OperationRow): Promise<Subject>;
  /** Whether the author of an act may still do it: asked before the machine sends anything in that person's stead. */
  permits(tx: TenantTx, operation: OperationRow): Promise<boolean>;
  /** Where an act comes to rest that the machine no longer sends. */
  lapse(act: Act<Subject, Data>, code: LapseCode): Rest;
  phases: Readonly<Record<string, Phase<Subject, Data, Koban>>>;
  /** Writes the domain's row and the audit, in the transaction of the outcome. Called only when state or code changes. */
  settle(tx: TenantTx, runner: Runner, act: Act<Subject, Data>, rest: Rest): Promise<void>;
};
