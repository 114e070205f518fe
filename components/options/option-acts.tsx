'use client';

import dynamic from 'next/dynamic';
import { useTranslations } from 'next-intl';
import { useState } from 'react';
import { reserveHref } from '@/components/stock/links';
import { Button, LinkButton } from '@/components/ui/button';
import type { Prolongation } from '@/lib/options/rules';
import type { OptionLine } from '@/lib/options/schema';

const loadProlong = () => import('@/components/options/prolong-dialog');
const loadCancel = () => import('@/components/options/cancel-dialog');
const ProlongDialog = dynamic(loadProlong, { ssr: false });
const CancelDialog = dynamic(loadCancel, { ssr: false });

type Opening = { of: 'prolong' | 'cancel'; count: number; open: boolean; bounds: Prolongation | null };

/**
 * « Réserver », « Prolonger » and « Annuler l’option »; the dialogs come when they are about to be needed. `allowed` may turn false while one is
 * open (its very act took effect): the buttons go, the answer stays.
 */
export function OptionActs({ line, allowed }: { line: OptionLine; allowed: boolean }) {
  const t = useTranslations('options');
  const [opening, setOpening] = useState<Opening | null>(null);
  const open = (of: Opening['of']) =>
    setOpening((before) => ({
      of,
      count: (before?.count ?? 0) + 1,
      open: true,
      // The line may lose them under the dialog: once prolonged, it cannot be again.
      bounds: line.prolongation,
    }));
  const close = () => setOpening((before) => before && { ...before, open: false });
  const shown = { line, open: opening?.open ?? false, onClose: close };
  return (
    <>
      {allowed && (
        <div className="flex flex-wrap gap-1.5 sm:flex-col sm:items-end xl:flex-row xl:flex-nowrap xl:justify-end">
          <LinkButton
            size="sm"
            href={reserveHref(line.programme.promoter, line.lot.extcode, line.id)}
            prefetch={false}
          >
            {t('list.reserve')}
          </LinkButton>
          {line.prolongation && (
            <Button
              size="sm"
              onPointerEnter={() => void loadProlong()}
              onFocus={() => void loadProlong()}
              onClick={() => open('prolong')}
            >
              {t('prolong')}
            </Button>
          )}
          <Button
            size="sm"
            variant="caution"
            onPointerEnter={() => void loadCancel()}
            onFocus={() => void loadCancel()}
            onClick={() => open('cancel')}
          >
            {t('cancel')}
          </Button>
        </div>
      )}
      {opening?.of === 'prolong' && opening.bounds && (
        <ProlongDialog key={opening.count} bounds={opening.bounds} {...shown} />
      )}
      {opening?.of === 'cancel' && <CancelDialog key={opening.count} {...shown} />}
    </>
  );
}
