import {
  Building,
  CircleHelp,
  Clock,
  FileCheck,
  FileSignature,
  House,
  Inbox,
  Mail,
  ScrollText,
  User,
  Users,
  Webhook,
} from 'lucide-react';
import { getTranslations } from 'next-intl/server';
import type { ReactNode } from 'react';
import { SessionKeeper } from '@/components/accounts/session-keeper';
import { AppShell } from '@/components/layout/app-shell';
import type { NavLink } from '@/components/layout/nav-links';
import { chooseLanguageAction, signOutAction } from '@/lib/accounts/actions';

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
  const t = await getTranslations('accounts');
  const links = await linksOf(person.role);
  return (
    <AppShell
      links={links}
      homeHref={links[0]?.href}
      organisation={person.firm ?? t(`role.${person.role}`)}
      person={person}
      accountHref="/compte"
      onSignOut={signOutAction}
      onLanguage={chooseLanguageAction}
      bell={bell}
      notice={notice}
    >
      <SessionKeeper />
      {children}
    </AppShell>
  );
}

async function linksOf(role: Person['role']): Promise<NavLink[]> {
  const [nav, t, operator, admin] = await Promise.all([
    getTranslations('layout.nav'),
    getTranslations('accounts.title'),
    getTranslations('operator.title'),
    getTranslations('admin.title'),
  ]);
  const account = { href: '/compte', label: t('account'), icon: <User aria-hidden="true" /> };
  switch (role) {
    case 'adviser':
    case 'manager':
      return [
        {
          href: '/',
          label: nav('home'),
          shortLabel: nav('homeShort'),
          icon: <House aria-hidden="true" />,
        },
        { href: '/programmes', label: nav('programmes'), icon: <Building aria-hidden="true" /> },
        { href: '/denonciations', label: nav('denonciations'), icon: <FileCheck aria-hidden="true" /> },
        { href: '/options', label: nav('options'), icon: <Clock aria-hidden="true" /> },
        { href: '/reservations', label: nav('reservations'), icon: <FileSignature aria-hidden="true" /> },
      ];
    case 'staff':
      return [
        { href: '/admin', label: admin('home'), icon: <House aria-hidden="true" /> },
        { href: '/admin/partenaires', label: admin('partners'), icon: <Users aria-hidden="true" /> },
        { href: '/admin/incertains', label: admin('uncertain'), icon: <CircleHelp aria-hidden="true" /> },
        { href: '/admin/webhooks', label: admin('webhooks'), icon: <Webhook aria-hidden="true" /> },
        { href: '/admin/leads', label: admin('leads'), icon: <Inbox aria-hidden="true" /> },
        { href: '/admin/journal', label: admin('journal'), icon: <ScrollText aria-hidden="true" /> },
      ];
    case 'operator':
      return [
        { href: '/operateur/courrier', label: operator('mailbox'), icon: <Mail aria-hidden="true" /> },
        { href: '/operateur/comptes', label: operator('people'), icon: <Users aria-hidden="true" /> },
        { href: '/operateur/stock', label: operator('stock'), icon: <Building aria-hidden="true" /> },
        account,
      ];
  }
}
