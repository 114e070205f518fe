'use client';

import { useRouter } from 'next/navigation';
import { useTranslations } from 'next-intl';
import { useEffect, useRef } from 'react';
import { RefreshWhileOpen } from '@/components/denonciations/refresh-while-open';
import { useLive, useStreamState } from '@/components/layout/use-live';
import type { ActKind } from '@/lib/core/live-events';

/** Several acts that come to rest together (a job's round, a half hour's ends) cost one reading. */
const GATHER_MS = 300;

/** How often the page is drawn anew while nothing is heard. */
const CUT_MS = 15_000;

/**
 * Draws the page anew when an act of these kinds comes to rest, for what the server has drawn; once it is looked at. While the
 * stream is cut it does so at its own pace, and says so. `quiet`: something else on the page says it.
 */
export function RefreshOnAct({ of, quiet = false }: { of: readonly ActKind[]; quiet?: boolean }) {
  const router = useRouter();
  const timer = useRef<ReturnType<typeof setTimeout> | null>(null);
  const due = useRef(false);
  const refresh = () => {
    timer.current = null;
    due.current = document.visibilityState !== 'visible';
    if (!due.current) router.refresh();
  };
  const soon = () => {
    timer.current ??= setTimeout(refresh, GATHER_MS);
  };
  useLive('act', ({ act }) => of.includes(act) && soon());
  useLive('resume', soon);
  useEffect(() => {
    const shown = () => {
      if (!due.current || document.visibilityState !== 'visible') return;
      due.current = false;
      router.refresh();
    };
    document.addEventListener('visibilitychange', shown);
    return () => {
      document.removeEventListener('visibilitychange', shown);
      if (timer.current) clearTimeout(timer.current);
    };
  }, [router]);
  if (useStreamState() !== 'cut') return null;
  return (
    <>
      <RefreshWhileOpen everyMs={CUT_MS} />
      {!quiet && <CutNote />}
    </>
  );
}

function CutNote() {
  const t = useTranslations('common.stream');
  return (
    <p role="status" className="mb-2 text-option text-sm">
      {t('cut', { seconds: CUT_MS / 1000 })}
    </p>
  );
}
