import { useLocale, useTranslations } from 'next-intl';
import { CgpLine } from '@/components/admin/cgp-line';
import { ConventionForm } from '@/components/admin/convention-form';
import { StandingBadge } from '@/components/admin/standing-badge';
import { SuspendButton } from '@/components/admin/suspend-button';
import { Card, CardHeader } from '@/components/ui/card';
import { formatShort } from '@/lib/core/paris';
import type { CabinetDetail } from '@/lib/partners/schema';

/** The agreement with a cabinet: where it stands, its terms, and its end. */
export function ConventionCard({ cabinet }: { cabinet: CabinetDetail }) {
  const t = useTranslations('admin');
  const locale = useLocale();
  const { id, name, suspendedAt, standing, cgp, choices } = cabinet;
  return (
    <Card>
      <CardHeader title={t('cabinet.terms')} aside={<StandingBadge standing={standing} />} />
      <div className="grid gap-4 p-4 sm:p-6">
        {suspendedAt && (
          <p className="text-ink-2">
            {t('cabinet.suspendedSince', { at: formatShort(suspendedAt, locale) })}
          </p>
        )}
        <CgpLine cgp={cgp} />
        <ConventionForm
          cabinetId={id}
          choices={choices}
          terms={{
            grant: cabinet.allProgrammes ? 'all' : 'list',
            programmes: cabinet.programmes,
            validFrom: cabinet.validFrom ?? '',
            validUntil: cabinet.validUntil ?? '',
            maxOptions: cabinet.maxOptions === null ? '' : String(cabinet.maxOptions),
          }}
        />
        <SuspendButton cabinetId={id} name={name} suspended={suspendedAt !== null} />
      </div>
    </Card>
  );
}
