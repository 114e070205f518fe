'use client';

import { Bell, BellOff, Eye, EyeOff } from 'lucide-react';
import { useTranslations } from 'next-intl';
import { type ReactNode, useState, useTransition } from 'react';
import { useLot } from '@/components/stock/use-lot';
import { Button } from '@/components/ui/button';
import { Card } from '@/components/ui/card';
import { unwatchAction, watchAction } from '@/lib/notifications/actions';
import type { Watches, WatchKind } from '@/lib/notifications/schema';
import { statusFamily } from '@/lib/stock/rules';
import type { StockLot } from '@/lib/stock/schema';

/** « Me prévenir si ce lot se libère » while it is not free, and « Suivre ce lot ». */
export function WatchLot({ lot: fromServer, watches }: { lot: StockLot; watches: Watches }) {
  const t = useTranslations('notifications.watch');
  const lot = useLot(fromServer);
  const [set, setSet] = useState(watches);
  const [fault, setFault] = useState<string | null>(null);
  const free = !lot.withdrawn && statusFamily(lot.statusCode, lot.result) === 'libre';
  const { promoter, extcode } = lot;
  // The alert is honoured as soon as the lot is free: taken again, it may be asked anew.
  if (free && set.freed) setSet({ ...set, freed: false });

  const turn = async (kind: WatchKind, on: boolean) => {
    setFault(null);
    const input = { promoter, extcode, kind };
    const answer = await (on ? watchAction(input) : unwatchAction(input)).catch(() => null);
    const refused = answer?.data?.kind === 'refused' ? answer.data.code : null;
    if (refused === 'lot-available') setFault(t('available'));
    else if (refused !== null || !answer || answer.serverError) setFault(t('fault'));
    else setSet((before) => ({ ...before, [kind]: on }));
  };

  return (
    <Card pad aria-label={t('title')}>
      <h2 className="text-lg">{t('title')}</h2>
      {!free && (
        <Ask
          on={set.freed}
          label={t(set.freed ? 'freedOn' : 'freedOff')}
          text={t(set.freed ? 'freedSet' : 'freedText')}
          icon={set.freed ? <BellOff aria-hidden="true" /> : <Bell aria-hidden="true" />}
          turn={(on) => turn('freed', on)}
        />
      )}
      <Ask
        on={set.followed}
        label={t(set.followed ? 'followOn' : 'followOff')}
        text={t(set.followed ? 'followSet' : 'followText')}
        icon={set.followed ? <EyeOff aria-hidden="true" /> : <Eye aria-hidden="true" />}
        turn={(on) => turn('followed', on)}
      />
      <p role="alert" className="mt-2 text-accent text-sm empty:hidden">
        {fault}
      </p>
    </Card>
  );
}

function Ask({
  on,
  label,
  text,
  icon,
  turn,
}: {
  on: boolean;
  label: string;
  text: string;
  icon: ReactNode;
  turn: (on: boolean) => Promise<void>;
}) {
  const [pending, start] = useTransition();
  return (
    <div className="mt-3">
      <Button
        full
        icon={<span className="[&>svg]:size-4">{icon}</span>}
        pending={pending}
        pendingLabel={label}
        onClick={() => start(() => turn(!on))}
      >
        {label}
      </Button>
      <p role="status" className="mt-1.5 text-ink-3 text-sm">
        {text}
      </p>
    </div>
  );
}
