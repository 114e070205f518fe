'use client';

import { useTranslations } from 'next-intl';
import { useAct } from '@/components/admin/use-act';
import { Button } from '@/components/ui/button';
import { FieldError } from '@/components/ui/field';
import { partnerAccessAction } from '@/lib/accounts/actions';
import type { PartnerPerson, PersonState } from '@/lib/partners/schema';

type Act = 'close' | 'open' | 'invite';

const actsFor: Record<PersonState, readonly Act[]> = {
  invited: ['invite', 'close'],
  open: ['close'],
  closed: ['open'],
  gone: [],
};
const labels = { close: 'close', open: 'open', invite: 'resend' } as const satisfies Record<Act, string>;

/** What may be done to a person, at this promoter only. */
export function PersonActs({ cabinetId, person }: { cabinetId: string; person: PartnerPerson }) {
  const t = useTranslations('admin.cabinet');
  const { run, pending, fault } = useAct();
  return (
    <div className="ml-auto flex flex-wrap items-center gap-2">
      {actsFor[person.state].map((act) => (
        <Button
          key={act}
          size="sm"
          variant={act === 'close' ? 'caution' : 'secondary'}
          aria-label={t('of', { act: t(labels[act]), name: person.name })}
          pending={pending}
          onClick={() => run(() => partnerAccessAction({}, { cabinetId, id: person.id, act }))}
        >
          {t(labels[act])}
        </Button>
      ))}
      {fault && <FieldError>{fault}</FieldError>}
    </div>
  );
}
