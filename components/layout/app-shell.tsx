'use client';

import Link from 'next/link';
import { useTranslations } from 'next-intl';
import type { ReactNode } from 'react';
import { AccountMenu } from '@/components/layout/account-menu';
import { Logo } from '@/components/layout/logo';
import { HeaderLinks, type NavLink, TabBar } from '@/components/layout/nav-links';
import { OfflineNote } from '@/components/layout/offline-note';
import { SkipLink } from '@/components/layout/skip-link';
import { LazyToaster } from '@/components/ui/lazy-toaster';
import type { Theme } from '@/lib/i18n/theme';

export interface AppShellProps {
  /** At most six: they stand side by side at the bottom of a phone. */
  links: readonly NavLink[];
  homeHref?: string;
  /** The cabinet or the promoter on whose behalf the person acts. */
  organisation: string;
  person: { name: string; email: string };
  /** How the screen is lit. */
  theme: Theme;
  accountHref: string;
  onSignOut: () => Promise<void>;
  onLanguage: (form: FormData) => Promise<void>;
  /** What is told to the person, beside their corner. */
  bell?: ReactNode;
  /** What everyone must know now: a `Note` about maintenance, a suspended Koban. */
  notice?: ReactNode;
  children: ReactNode;
}

// For the browser, although it only stands there: what the server draws of a client component it draws once, and of its own twice.

/** The frame of every page of a signed-in person. Inside `LayoutMessages`. */
export function AppShell({
  links,
  homeHref = '/',
  organisation,
  person,
  theme,
  accountHref,
  onSignOut,
  onLanguage,
  bell,
  notice,
  children,
}: AppShellProps) {
  const t = useTranslations('layout');
  const errors = useTranslations('errors');
  const common = useTranslations('common');
  return (
    <div data-tabbar="">
      <SkipLink>{t('skip')}</SkipLink>
      <header className="sticky top-0 z-30 border-line border-b bg-card">
        <div className="mx-auto flex h-[3.75rem] max-w-page items-center gap-4 px-4 sm:px-8 md:gap-7">
          <Link href={homeHref} aria-label={t('home')} className="flex-none rounded-md py-1 no-underline">
            <Logo name={t('product')} />
          </Link>
          <HeaderLinks links={links} label={t('mainNav')} />
          <div className="ml-auto flex min-w-0 items-center gap-2">
            <span className="truncate text-ink-2 text-sm md:max-lg:hidden">{organisation}</span>
            {bell}
            <AccountMenu
              name={person.name}
              detail={person.email}
              theme={theme}
              accountHref={accountHref}
              onSignOut={onSignOut}
              onLanguage={onLanguage}
            />
          </div>
        </div>
      </header>
      <OfflineNote text={errors('offline')} />
      {notice}
      <main
        id="content"
        tabIndex={-1}
        className="mx-auto max-w-page px-4 pt-5 pb-[calc(var(--tabbar)+4rem)] outline-none sm:px-8 sm:pt-7"
      >
        {children}
      </main>
      <TabBar links={links} label={t('mainNav')} />
      <LazyToaster closeLabel={common('close')} />
    </div>
  );
}
