import { getLocale, getTranslations } from 'next-intl/server';
import type { ReactNode } from 'react';
import { Facade } from '@/components/layout/facade';
import { Logo } from '@/components/layout/logo';
import { setLocale } from '@/lib/i18n/actions';

/** The frame of the pages before the door: sign-in, invitation, forgotten password. */
export async function PublicShell({
  title,
  lede,
  children,
}: {
  title: ReactNode;
  lede?: ReactNode;
  children: ReactNode;
}) {
  const [t, locale] = await Promise.all([getTranslations('layout'), getLocale()]);
  const other = locale === 'fr' ? 'en' : 'fr';
  return (
    <div className="grid min-h-dvh lg:grid-cols-[minmax(0,1fr)_minmax(0,1.05fr)]">
      <div className="flex flex-col px-5 py-5 sm:px-10 sm:py-7">
        <header className="flex items-center justify-between">
          <Logo name={t('product')} />
          <form action={setLocale}>
            <button
              type="submit"
              name="locale"
              value={other}
              lang={other}
              className="min-h-9 rounded-control px-2.5 text-ink-2 text-sm hover:bg-sunk hover:text-ink max-sm:min-h-11"
            >
              {other === 'fr' ? t('account.french') : t('account.english')}
            </button>
          </form>
        </header>
        <main className="mx-auto my-auto w-full max-w-sm py-10">
          <h1 className="text-2xl tracking-[-0.025em] sm:text-3xl">{title}</h1>
          {lede != null && <p className="mt-1.5 text-ink-2">{lede}</p>}
          <div className="mt-6">{children}</div>
        </main>
      </div>
      <aside className="relative hidden overflow-hidden border-line border-l bg-sunk lg:block">
        <div className="relative z-10 max-w-lg p-14 pt-[16vh]">
          <p className="text-balance font-[650] text-3xl tracking-[-0.025em]">
            {t('public.promiseStock')}
            <br />
            {t('public.promiseActs')}
          </p>
          <p className="mt-3 text-ink-2 text-lg">{t('public.detail')}</p>
        </div>
        <Facade className="absolute inset-x-0 bottom-0 h-[54%] w-full text-line-field" />
      </aside>
    </div>
  );
}
