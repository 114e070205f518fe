'use client';

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
import Link from 'next/link';
import { usePathname } from 'next/navigation';

const icons = {
  building: Building,
  clock: Clock,
  fileCheck: FileCheck,
  fileSignature: FileSignature,
  help: CircleHelp,
  house: House,
  inbox: Inbox,
  mail: Mail,
  scroll: ScrollText,
  user: User,
  users: Users,
  webhook: Webhook,
};

export interface NavLink {
  href: string;
  label: string;
  /** For the phone's tab bar, where up to six must stand side by side. */
  shortLabel?: string;
  icon: keyof typeof icons;
}

function useCurrent() {
  const path = usePathname();
  return (href: string) =>
    href === '/' || href === '/admin' ? path === href : path === href || path.startsWith(`${href}/`);
}

/** The places, in the header of a wide screen. */
export function HeaderLinks({ links, label }: { links: readonly NavLink[]; label: string }) {
  const current = useCurrent();
  return (
    <nav aria-label={label} className="hidden h-full min-w-0 items-stretch gap-6 overflow-x-auto md:flex">
      {links.map(({ href, label }) => (
        <Link
          key={href}
          href={href}
          aria-current={current(href) ? 'page' : undefined}
          className="flex items-center whitespace-nowrap border-transparent border-y-2 font-medium text-ink-2 no-underline hover:text-ink focus-visible:-outline-offset-4 aria-[current]:border-b-accent aria-[current]:text-ink"
        >
          {label}
        </Link>
      ))}
    </nav>
  );
}

/** The same places at the bottom of a phone, under the thumb. */
export function TabBar({ links, label }: { links: readonly NavLink[]; label: string }) {
  const current = useCurrent();
  return (
    <nav
      aria-label={label}
      className="fixed inset-x-0 bottom-0 z-30 flex border-line border-t bg-card pb-[env(safe-area-inset-bottom)] md:hidden"
    >
      {links.map(({ href, label, shortLabel, icon }) => {
        const Shape = icons[icon];
        return (
          <Link
            key={href}
            href={href}
            aria-current={current(href) ? 'page' : undefined}
            className="flex h-14 min-w-0 flex-1 flex-col items-center justify-center gap-0.5 border-transparent border-t-2 text-ink-2 no-underline focus-visible:-outline-offset-4 aria-[current]:border-t-accent aria-[current]:text-ink [&>svg]:size-5"
          >
            <Shape aria-hidden="true" />
            <span className="max-w-full truncate font-medium text-[0.6875rem] leading-4 tracking-tight">
              {shortLabel ?? label}
            </span>
          </Link>
        );
      })}
    </nav>
  );
}
