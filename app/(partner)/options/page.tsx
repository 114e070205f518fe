import { getTranslations } from 'next-intl/server';
import { PageHeader } from '@/components/layout/page-header';
import { OptionLimits } from '@/components/options/option-limits';
import { OptionList } from '@/components/options/option-list';
import { ShutPromoters } from '@/components/options/shut-promoters';
import { requirePartner } from '@/lib/auth/session';
import { loadLimits, loadOptions, loadShut } from '@/lib/options/loaders';

interface Props {
  searchParams: Promise<Record<string, string | string[] | undefined>>;
}

export async function generateMetadata() {
  const t = await getTranslations('options');
  return { title: t('title') };
}

export default async function OptionsPage({ searchParams }: Props) {
  const [actor, search, t] = await Promise.all([requirePartner(), searchParams, getTranslations('options')]);
  const manager = actor.role === 'manager';
  return (
    <>
      <PageHeader title={t(manager ? 'ours' : 'mine')} />
      <ShutPromoters of="option" promoters={await loadShut('option')} />
      <OptionLimits limits={await loadLimits()} />
      <OptionList fromServer={await loadOptions(search)} withAdviser={manager} />
    </>
  );
}
