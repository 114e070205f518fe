import type { Metadata } from 'next';
import { redirect } from 'next/navigation';
import { getTranslations } from 'next-intl/server';
import { SignInForm } from '@/components/accounts/sign-in-form';
import { PublicShell } from '@/components/layout/public-shell';
import { Note } from '@/components/ui/note';
import { currentActor, homeOf, safePath } from '@/lib/auth/session';

export async function generateMetadata(): Promise<Metadata> {
  return { title: (await getTranslations('accounts.title'))('signIn') };
}

type Search = { searchParams: Promise<{ suite?: string | string[]; pret?: string }> };

export default async function SignInPage({ searchParams }: Search) {
  const [{ suite, pret }, actor, t] = await Promise.all([
    searchParams,
    currentActor(),
    getTranslations('accounts'),
  ]);
  const asked = safePath(suite);
  if (actor) redirect(asked === '/' ? homeOf[actor.kind] : asked);
  return (
    <PublicShell title={t('title.signIn')} lede={t('signIn.lede')}>
      {pret && (
        <Note tone="done" live className="mb-4">
          {t('signIn.ready')}
        </Note>
      )}
      <SignInForm suite={asked} />
    </PublicShell>
  );
}
