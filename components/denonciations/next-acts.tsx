import { useTranslations } from 'next-intl';
import { lotHref, programmeHref } from '@/components/stock/links';
import { LinkButton } from '@/components/ui/button';

/** Where an accepted dénonciation leads: the lot it was made for, or the programme's lots. */
export function NextActs({
  programme,
  lot,
}: {
  programme: { promoter: string; code: string };
  lot: { promoter: string; extcode: string; label: string } | null;
}) {
  const t = useTranslations('denonciations.act');
  return lot ? (
    <LinkButton variant="primary" href={lotHref(lot.promoter, lot.extcode)}>
      {t('nextLot', { label: lot.label })}
    </LinkButton>
  ) : (
    <LinkButton variant="primary" href={programmeHref(programme.promoter, programme.code)}>
      {t('nextProgramme')}
    </LinkButton>
  );
}
