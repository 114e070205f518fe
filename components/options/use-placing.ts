'use client';

import { useQueryClient } from '@tanstack/react-query';
import { useRouter } from 'next/navigation';
import { useCallback, useEffect, useMemo, useRef, useState } from 'react';
import { useMovedGround } from '@/components/options/use-moved-ground';
import { newId } from '@/lib/core/ids';
import { askLot, confirmOption } from '@/lib/options/actions';
import type { Rank } from '@/lib/options/rules';
import { type LotRef, liveOptionSchema } from '@/lib/options/schema';

type LotCheck = NonNullable<Awaited<ReturnType<typeof askLot>>['data']>;
type Placing = NonNullable<Awaited<ReturnType<typeof confirmOption>>['data']>;
export type Granted = Extract<LotCheck, { kind: 'granted' }>;
/** An answer that ends the dialog's question. `kobanMessage`: Koban's own words, to be quoted. */
export type Outcome = Exclude<Placing, { kind: 'rank-changed' | 'pending' }>;

/** What the dialog shows. `moved`: Koban is asked again because the lot has just changed. `lost`: the confirmation left, its answer never came; it may be asked for again without risk. `sent`: the session ended once the confirmation may have left. */
export type Stage =
  | { kind: 'checking'; moved: boolean }
  | { kind: 'blocked'; code: string; seenAt: Date | null }
  | { kind: 'unanswered'; code: string }
  | { kind: 'signed-out'; sent: boolean }
  | { kind: 'fault' }
  | {
      kind: 'granted';
      check: Granted;
      changedFrom: Rank | null;
      moved: boolean;
      sending: boolean;
      lost: boolean;
    }
  | { kind: 'ended'; outcome: Outcome };

const POLL_MS = 700;

/**
 * The conversation with Koban about one lot: what it grants, the partner's confirmation, what became of it. While the dialog is
 * open and the lot changes, Koban is asked again: no rank is confirmed that it no longer grants.
 */
export function usePlacing(lot: LotRef, open: boolean) {
  const [stage, setStage] = useState<Stage>({ kind: 'checking', moved: false });
  const { promoter, extcode } = lot;
  // One key for each confirmation shown: pressed twice, or asked again after a lost answer, it is one act.
  const formKey = useRef(newId());
  const sending = useRef(false);
  const stock = useQueryClient();
  const router = useRouter();

  const check = useCallback(
    async (before: Rank | null = null, moved = false) => {
      setStage({ kind: 'checking', moved });
      const answer = await askLot({ promoter, extcode }).catch(() => null);
      formKey.current = newId();
      setStage(stageOf(answer, before, moved));
    },
    [promoter, extcode],
  );
  const asked = useRef(false);
  useEffect(() => {
    if (asked.current) return;
    asked.current = true;
    void check();
  }, [check]);

  const answered = useMemo(() => {
    if (!open) return null;
    if (stage.kind === 'blocked') return { rank: null };
    return stage.kind === 'granted' && !stage.sending && !stage.lost ? { rank: stage.check.rank } : null;
  }, [open, stage]);
  // The rank that the partner first saw: the ground may move twice for one option (Koban's call, then its stock).
  const first = stage.kind === 'granted' ? (stage.changedFrom ?? stage.check.rank) : null;
  useMovedGround(lot, answered, () => void check(first, true));

  const finish = (outcome: Outcome) => {
    setStage({ kind: 'ended', outcome });
    // Every screen that shows the lot learns what was just seen of it.
    void stock.invalidateQueries({ queryKey: ['stock', promoter] });
    router.refresh();
  };

  const confirm = async (granted: Granted, denonciationId: string) => {
    if (sending.current) return;
    sending.current = true;
    const again = stage.kind === 'granted' && stage.lost;
    setStage({
      kind: 'granted',
      check: granted,
      changedFrom: null,
      moved: false,
      sending: true,
      lost: false,
    });
    const placing = await askToPlace(
      {
        formKey: formKey.current,
        lot: { promoter, extcode },
        denonciationId,
        confirmedRank: granted.rank,
      },
      again,
    );
    sending.current = false;
    if (placing === 'lost') {
      setStage({
        kind: 'granted',
        check: granted,
        changedFrom: null,
        moved: false,
        sending: false,
        lost: true,
      });
    } else if (placing === 'fault') setStage({ kind: placing });
    else if (placing.kind === 'signed-out') setStage(placing);
    else if (placing.kind === 'rank-changed') await check(granted.rank);
    else finish(placing);
  };

  return {
    stage,
    check: () => void check(),
    confirm: (granted: Granted, denonciationId: string) => void confirm(granted, denonciationId),
    /** Another prospect is another confirmation. */
    changed: () => {
      formKey.current = newId();
    },
  };
}

function stageOf(
  answer: Awaited<ReturnType<typeof askLot>> | null,
  before: Rank | null,
  moved: boolean,
): Stage {
  if (answer?.serverError === 'signed-out') return { kind: 'signed-out', sent: false };
  const check = answer?.data;
  if (!check) return { kind: 'fault' };
  switch (check.kind) {
    case 'granted':
      return {
        kind: 'granted',
        check,
        changedFrom: check.rank === before ? null : before,
        moved,
        sending: false,
        lost: false,
      };
    case 'refused':
      return { kind: 'blocked', code: check.code, seenAt: check.seenAt };
    case 'unanswered':
      return check;
  }
}

type Asked =
  | Exclude<Placing, { kind: 'pending' }>
  | Extract<Stage, { kind: 'signed-out' }>
  | 'lost'
  | 'fault';

/**
 * Sends the confirmation and waits for what became of it.
 * @param again the same confirmation may have left before: without a session, nobody can say that nothing was placed
 */
export async function askToPlace(input: Parameters<typeof confirmOption>[0], again: boolean): Promise<Asked> {
  const answer = await confirmOption(input).catch(() => null);
  if (!answer) return 'lost';
  if (answer.serverError === 'signed-out') return { kind: 'signed-out', sent: again };
  // A fault on our side may have come after the option left: the same question may be asked again.
  if (answer.serverError !== undefined) return 'lost';
  if (!answer.data) return 'fault';
  return answer.data.kind === 'pending' ? follow(answer.data.id) : answer.data;
}

/** The same confirmation is being sent already (another tab, a first press whose answer was lost): its outcome is this one's. */
async function follow(id: string): Promise<Asked> {
  for (;;) {
    await new Promise((resolve) => setTimeout(resolve, POLL_MS));
    const response = await fetch(`/api/options/${id}`).catch(() => null);
    if (response?.status === 401) return { kind: 'signed-out', sent: true };
    if (!response?.ok) return 'lost';
    const live = liveOptionSchema.parse(await response.json());
    const code = live.code ?? 'unexpected';
    switch (live.state) {
      case 'pending':
        continue;
      case 'placed':
        return {
          kind: 'placed',
          id,
          rank: live.rank,
          expiresAt: live.expiresAt,
          expiryFromKoban: live.expiryFromKoban,
        };
      case 'unsent':
      case 'uncertain':
        return { kind: live.state, id, code };
      case 'refused':
      case 'abandoned':
      case 'expired':
      case 'cancelled':
      case 'used':
        return { kind: 'refused', id, code, kobanMessage: live.kobanMessage };
    }
  }
}
