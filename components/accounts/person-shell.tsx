import { cookies } from 'next/headers';
import { getLocale, getTranslations } from 'next-intl/server';
import type { ReactNode } from 'react';
import { SessionKeeper } from '@/components/accounts/session-keeper';
import { AppShell } from '@/components/layout/app-shell';
import { LayoutMessages } from '@/components/layout/layout-messages';
import type { NavLink } from '@/components/layout/nav-links';
import { chooseLanguageAction, signOutAction } from '@/lib/accounts/actions';
import { chooseTheme, themeCookie } from '@/lib/i18n/theme';

export type Person = {
  name: string;
  email: string;
  role: 'adviser' | 'manager' | 'staff' | 'operator';
  /** The cabinet or the promoter; null for the operator. */
  firm: string | null;
};

/** The frame of every page of a signed-in person, with the places of their role. */
export async function PersonShell({
  person,
  notice,
  bell,
  children,
}: {
  person: Person;
  notice?: ReactNode;
  /** What is told to a partner. */
  bell?: ReactNode;
  children: ReactNode;
}) {
  const [t, locale, jar, links] = await Promise.all([
    getTranslations('accounts'),
    getLocale(),
    cookies(),
    linksOf(person.role),
  ]);
  return (
    <LayoutMessages locale={locale}>
      <AppShell
        links={links}
        homeHref={links[0]?.href}
        organisation={person.firm ?? t(`role.${person.role}`)}
        person={{ name: person.name, email: person.email }}
        theme={chooseTheme(jar.get(themeCookie)?.value)}
        accountHref="/compte"
        onSignOut={signOutAction}
        onLanguage={chooseLanguageAction}
        bell={bell}
        notice={notice}
      >
        <SessionKeeper />
        {children}
      </AppShell>
    </LayoutMessages>
  );
}

async function linksOf(role: Person['role']): Promise<NavLink[]> {
  switch (role) {
    case 'adviser':
    case 'manager': {
      const nav = await getTranslations('layout.nav');
      return [
        {
          href: '/',
          label: nav('home'),
          shortLabel: nav('homeShort'),
          icon: 'house',
        },
        { href: '/programmes', label: nav('programmes'), icon: 'building' },
        { href: '/denonciations', label: nav('denonciations'), icon: 'fileCheck' },
        { href: '/options', label: nav('options'), icon: 'clock' },
        { href: '/reservations', label: nav('reservations'), icon: 'fileSignature' },
      ];
    }
    case 'staff': {
      const admin = await getTranslations('admin.title');
      return [
        { href: '/admin', label: admin('home'), icon: 'house' },
        { href: '/admin/partenaires', label: admin('partners'), icon: 'users' },
        { href: '/admin/incertains', label: admin('uncertain'), icon: 'help' },
        { href: '/admin/webhooks', label: admin('webhooks'), icon: 'webhook' },
        { href: '/admin/leads', label: admin('leads'), icon: 'inbox' },
        { href: '/admin/journal', label: admin('journal'), icon: 'scroll' },
      ];
    }
    case 'operator': {
      const [operator, t] = await Promise.all([
        getTranslations('operator.title'),
        getTranslations('accounts.title'),
      ]);
      return [
        { href: '/operateur/courrier', label: operator('mailbox'), icon: 'mail' },
        { href: '/operateur/comptes', label: operator('people'), icon: 'users' },
        { href: '/operateur/stock', label: operator('stock'), icon: 'building' },
        { href: '/compte', label: t('account'), icon: 'user' },
      ];
    }
  }
}
