import { Users } from 'lucide-react';
import Link from 'next/link';
import { useLocale, useTranslations } from 'next-intl';
import { CgpLine } from '@/components/admin/cgp-line';
import { StandingBadge } from '@/components/admin/standing-badge';
import { Card } from '@/components/ui/card';
import { dayText } from '@/components/ui/day-text';
import { EmptyState } from '@/components/ui/empty-state';
import { phoneRow, rowLink } from '@/components/ui/row-look';
import type { CabinetLine } from '@/lib/partners/schema';

/** « Partenaires »: a cabinet a row, two lines on a phone. */
export function CabinetList({ cabinets }: { cabinets: readonly CabinetLine[] }) {
  const t = useTranslations('admin.partners');
  if (cabinets.length === 0) {
    return (
      <Card>
        <EmptyState icon={<Users />} title={t('empty')}>
          {t('emptyText')}
        </EmptyState>
      </Card>
    );
  }
  return (
    <Card>
      <table className="dense-table max-sm:block">
        <thead className="max-sm:hidden">
          <tr>
            <th scope="col">{t('cabinet')}</th>
            <th scope="col">{t('convention')}</th>
            <th scope="col">{t('programmes')}</th>
            <th scope="col">{t('people')}</th>
            <th scope="col">{t('koban')}</th>
          </tr>
        </thead>
        <tbody className="max-sm:block">
          {cabinets.map((cabinet) => (
            <Row key={cabinet.id} cabinet={cabinet} />
          ))}
        </tbody>
      </table>
    </Card>
  );
}

function Row({ cabinet }: { cabinet: CabinetLine }) {
  const t = useTranslations('admin.partners');
  const locale = useLocale();
  const { id, name, siren, allProgrammes, programmes, people, invited, cgp, standing, validUntil } = cabinet;
  return (
    <tr data-cabinet={id} className={phoneRow}>
      <td className="max-sm:truncate">
        <Link href={`/admin/partenaires/${id}`} prefetch={false} className={rowLink}>
          {name}
        </Link>
        <span className="block text-ink-3 text-xs">{siren ? t('siren', { siren }) : t('noSiren')}</span>
      </td>
      <td className="max-sm:justify-self-end">
        <StandingBadge standing={standing} />
        {validUntil && (
          <span className="block text-ink-3 text-xs max-sm:hidden">
            {t('until', { day: dayText(validUntil, locale) })}
          </span>
        )}
      </td>
      <td className="max-sm:text-ink-2 max-sm:text-sm">
        {allProgrammes ? t('all') : t('some', { count: programmes.length })}
      </td>
      <td className="max-sm:justify-self-end max-sm:text-ink-2 max-sm:text-sm">
        {t('count', { count: people })}
        {invited > 0 && (
          <span className="block text-ink-3 text-xs">{t('invitedCount', { count: invited })}</span>
        )}
      </td>
      <td className="max-sm:col-span-2">
        <CgpLine cgp={cgp} brief />
      </td>
    </tr>
  );
}
