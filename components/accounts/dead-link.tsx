import { getTranslations } from 'next-intl/server';
import { PublicShell } from '@/components/layout/public-shell';
import { LinkButton } from '@/components/ui/button';
import type { LinkPurpose } from '@/lib/accounts/rules';

/** A one-time link that no longer works: why, and the way on. */
export async function DeadLink({ purpose }: { purpose: LinkPurpose }) {
  const t = await getTranslations('accounts');
  return (
    <PublicShell title={t('deadLink.title')} lede={t('deadLink.text')}>
      <p>{t(`deadLink.${purpose}`)}</p>
      <div className="mt-6 flex flex-wrap gap-2.5">
        {purpose !== 'first-account' && (
          <LinkButton href="/mot-de-passe-oublie" variant="primary">
            {t('deadLink.again')}
          </LinkButton>
        )}
        <LinkButton href="/connexion">{t('forgotten.back')}</LinkButton>
      </div>
    </PublicShell>
  );
}
