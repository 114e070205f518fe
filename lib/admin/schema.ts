import { z } from 'zod';
import type { ClockStanding } from '@/lib/koban/clock-skew';
import type { FamilyCounts, SyncProgress } from '@/lib/stock/schema';

/** What waits for a person, and how the promoter's mirror and Koban are. Counts of acts under way; ages from instants. */
export type Overview = {
  /** While the stock was never read whole: what the mirror holds is no figure yet. */
  firstPull: { promoterName: string; progress: SyncProgress } | null;
  stock: FamilyCounts;
  lots: number;
  acts: {
    denonciations: { pending: number; uncertain: number; accepted: number };
    options: { placed: number; pending: number; uncertain: number };
    reservations: { open: number; preresv: number; uncertain: number };
  };
  waiting: {
    uncertain: number;
    uncertainLate: number;
    invited: number;
    ending: { id: string; name: string; validUntil: string }[];
    cgp: number;
    quarantined: number;
    leads: number;
  };
  health: {
    phase: 'waiting' | 'full' | 'delta' | 'reconcile';
    seenAt: Date | null;
    lastFault: string | null;
    /** Koban refuses the portal's keys, or their right to a method. */
    keysRefused: boolean;
    /** Hosts whose pictures and documents are not shown, for want of `settings.documentHosts`. */
    missingHosts: string[];
    /** Three pulls were missed: the stock is older than it should be. */
    late: boolean;
    /** This and the three below are what this process has seen: another, such as the worker, may have seen otherwise. */
    breaker: 'closed' | 'open' | 'half-open';
    /** How far Koban's clock is from ours, and the one less the other. */
    clock: ClockStanding;
    clockSkewMs: number | null;
    lastAnswerAt: Date | null;
    lastWebhookAt: Date | null;
  };
};

/** After this an act whose result is unknown is a person's to judge. Milliseconds; RELIABILITY, « Honest UI ». */
export const LATE_MS = 30 * 60_000;

export type UncertainStep = {
  id: number;
  name: string;
  state: string;
  attempt: number;
  sentHash: string | null;
  /** What was sent, as its hash proves; null for a reading, and where the act no longer keeps it. */
  sent: object | null;
  facts: Record<string, string | number | boolean | null> | null;
  startedAt: Date;
  endedAt: Date | null;
};

/** An act whose result is unknown, with its evidence: what was asked of Koban, and what each reading found. */
export type UncertainAct = {
  id: string;
  kind: 'denonciation' | 'option' | 'prolongation' | 'annulation' | 'preresv' | 'dossier' | 'desistement';
  since: Date;
  late: boolean;
  code: string | null;
  attempt: number;
  nextCheckAt: Date | null;
  programme: string;
  lot: string | null;
  lotLabel: string | null;
  prospect: string | null;
  cabinet: string;
  adviser: string;
  steps: UncertainStep[];
};

/** What may be wrong with a judgement; sentences in messages/fr/admin.json, under `fields`. */
export const judgeSchema = z.object({
  id: z.uuid(),
  verdict: z.enum(['done', 'not-done']),
  note: z.string('note-missing').trim().min(3, 'note-missing').max(2_000, 'note-long'),
});
export type JudgeInput = z.output<typeof judgeSchema>;

const day = z.iso.date().nullable().catch(null);

/** The journal's filter, as it stands in the URL. Days in Paris, both inclusive; `actor` and `subject` look inside. */
export const journalFilterSchema = z.object({
  from: day,
  until: day,
  actor: z.string().trim().max(120).catch(''),
  action: z
    .string()
    .regex(/^[a-z-]+(\.[a-z-]+)?$/)
    .max(60)
    .nullable()
    .catch(null),
  subject: z.string().trim().max(120).catch(''),
  page: z.coerce.number().int().min(1).catch(1),
});
export type JournalFilter = z.output<typeof journalFilterSchema>;

export type JournalLine = {
  id: number;
  at: Date;
  actorKind: 'partner' | 'staff' | 'operator' | 'system' | 'webhook';
  actorName: string;
  action: string;
  subjectType: string;
  subjectId: string;
  cabinet: string | null;
  facts: Record<string, string | number | boolean | null> | null;
  /** In what words a colleague judged the act that this line tells of. */
  note: string | null;
};

export type JournalPage = {
  lines: JournalLine[];
  total: number;
  page: number;
  pages: number;
  /** Every action that this promoter's journal holds. */
  actions: string[];
};
