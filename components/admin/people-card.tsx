import { useLocale, useTranslations } from 'next-intl';
import { InviteForm } from '@/components/admin/invite-form';
import { PersonActs } from '@/components/admin/person-acts';
import { PersonBadge } from '@/components/admin/standing-badge';
import { Card, CardHeader } from '@/components/ui/card';
import { formatShort } from '@/lib/core/paris';
import type { CabinetDetail } from '@/lib/partners/schema';

/** The people of a cabinet whom this promoter lets or let in, and the form that invites another. */
export function PeopleCard({ cabinet }: { cabinet: CabinetDetail }) {
  const t = useTranslations('admin.cabinet');
  const locale = useLocale();
  const { id, members } = cabinet;
  return (
    <Card>
      <CardHeader title={t('people')} />
      {members.length === 0 && <p className="px-4 py-5 text-ink-2">{t('peopleEmpty')}</p>}
      <ul className="divide-y divide-line">
        {members.map((person) => (
          <li
            key={person.id}
            data-person={person.email}
            className="flex flex-wrap items-center gap-x-5 gap-y-2 px-4 py-3"
          >
            <div className="min-w-0 flex-[1_1_14rem]">
              <p className="font-semibold">{person.name}</p>
              <p className="break-all text-ink-2 text-sm">
                {person.email} · {t(`roles.${person.role}`)}
              </p>
            </div>
            <PersonBadge
              state={person.state}
              detail={
                person.state === 'invited' && person.invitedAt
                  ? t('invitedAt', { at: formatShort(person.invitedAt, locale) })
                  : undefined
              }
            />
            <PersonActs cabinetId={id} person={person} />
          </li>
        ))}
      </ul>
      <div className="border-line border-t p-4 sm:p-6">
        <h3 className="mb-3">{t('invite')}</h3>
        <InviteForm cabinetId={id} />
        <p className="mt-4 text-ink-3 text-sm">{t('onlyHere')}</p>
      </div>
    </Card>
  );
}
