'use client';

import { useTranslations } from 'next-intl';
import { useState } from 'react';
import { Button } from '@/components/ui/button';

/** A secret is drawn only when it is asked for: screens are looked at over shoulders. */
export function WebhookSecret({ secret }: { secret: string }) {
  const t = useTranslations('admin.webhooks');
  const [shown, setShown] = useState(false);
  return (
    <span className="flex flex-wrap items-center gap-3">
      {shown && <code>{secret}</code>}
      <Button size="sm" variant="ghost" aria-expanded={shown} onClick={() => setShown(!shown)}>
        {t(shown ? 'hide' : 'show')}
      </Button>
    </span>
  );
}
