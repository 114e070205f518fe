'use client';

import dynamic from 'next/dynamic';
import { useTranslations } from 'next-intl';
import { useState } from 'react';
import { Button } from '@/components/ui/button';

/** The lot on which an option is asked for, as the dialog names it. */
export type OptionLot = {
  promoter: string;
  extcode: string;
  label: string;
  programmeCode: string;
  programmeLabel?: string;
  /** « T3 · 5e étage · 352 500 € ». */
  facts?: string;
};

const load = () => import('@/components/options/place-option-dialog');
const PlaceOptionDialog = dynamic(load, { ssr: false });

/**
 * « Poser une option »: the dialog comes when it is about to be needed. Each opening is a new question to Koban. `allowed` may
 * turn false while the dialog is open (this very option took the last rank): the button goes, the answer stays.
 */
export function PlaceOptionButton({ lot, allowed = true }: { lot: OptionLot; allowed?: boolean }) {
  const t = useTranslations('options');
  const [opening, setOpening] = useState({ count: 0, open: false });
  const soon = () => void load();
  return (
    <>
      {allowed && (
        <Button
          variant="primary"
          onPointerEnter={soon}
          onFocus={soon}
          onClick={() => setOpening(({ count }) => ({ count: count + 1, open: true }))}
        >
          {t('place')}
        </Button>
      )}
      {opening.count > 0 && (
        <PlaceOptionDialog
          key={opening.count}
          lot={lot}
          open={opening.open}
          onClose={() => setOpening(({ count }) => ({ count, open: false }))}
        />
      )}
    </>
  );
}
