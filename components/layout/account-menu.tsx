import Link from 'next/link';
import { useLocale, useTranslations } from 'next-intl';
import type { ReactNode } from 'react';
import { ClosingPanel } from '@/components/layout/closing-panel';
import { Avatar } from '@/components/ui/avatar';
import { cx } from '@/components/ui/cx';
import { setTheme } from '@/lib/i18n/actions';
import type { Theme } from '@/lib/i18n/theme';

const panelId = 'account-panel';
const rowLook =
  'flex min-h-9 w-full items-center rounded-md px-2.5 py-1.5 text-left text-[0.875rem] no-underline hover:bg-sunk max-sm:min-h-11';

/** The person's own corner: account, theme, language, way out. Native popover and forms: it works before any script. */
export function AccountMenu({
  name,
  detail,
  theme,
  accountHref,
  onSignOut,
  onLanguage,
}: {
  name: string;
  detail: string;
  theme: Theme;
  accountHref: string;
  onSignOut: () => Promise<void>;
  onLanguage: (form: FormData) => Promise<void>;
}) {
  const t = useTranslations('layout.account');
  const locale = useLocale();
  return (
    <>
      <button
        type="button"
        popoverTarget={panelId}
        aria-label={t('open', { name })}
        className="grid size-11 flex-none place-items-center rounded-full"
      >
        <Avatar name={name} />
      </button>
      <ClosingPanel
        id={panelId}
        className="fixed inset-auto top-14 right-3 m-0 w-72 max-w-[calc(100vw-1.5rem)] rounded-card border border-line-2 bg-card p-2 text-ink shadow-float sm:right-6"
      >
        <div className="border-line border-b px-2.5 pt-1 pb-2.5">
          <p className="font-semibold">{name}</p>
          <p className="text-ink-3 text-sm">{detail}</p>
        </div>
        <Link href={accountHref} className={cx(rowLook, 'mt-2')}>
          {t('mine')}
        </Link>
        <Switch legend={t('theme')} act={setTheme}>
          <Option name="theme" value="system" on={theme === 'system'} label={t('themeSystem')} />
          <Option name="theme" value="light" on={theme === 'light'} label={t('themeLight')} />
          <Option name="theme" value="dark" on={theme === 'dark'} label={t('themeDark')} />
        </Switch>
        <Switch legend={t('language')} act={onLanguage}>
          <Option name="locale" value="fr" on={locale === 'fr'} label={t('french')} lang="fr" />
          <Option name="locale" value="en" on={locale === 'en'} label={t('english')} lang="en" />
        </Switch>
        <form action={onSignOut} className="mt-2 border-line border-t pt-2">
          <button type="submit" className={rowLook}>
            {t('signOut')}
          </button>
        </form>
      </ClosingPanel>
    </>
  );
}

type Act = (form: FormData) => Promise<void>;

// One form a choice, and no argument bound to its action: a page would encode each of them every time it is drawn.
function Switch({ legend, act, children }: { legend: string; act: Act; children: ReactNode }) {
  return (
    <form action={act}>
      <fieldset className="px-2.5 py-1.5">
        <legend className="float-left mb-1 w-full text-ink-3 text-sm">{legend}</legend>
        <div className="clear-both flex rounded-control bg-sunk p-0.5">{children}</div>
      </fieldset>
    </form>
  );
}

function Option({
  on,
  label,
  ...button
}: {
  name: string;
  value: string;
  on: boolean;
  label: string;
  lang?: string;
}) {
  return (
    <button
      {...button}
      type="submit"
      aria-pressed={on}
      className="min-h-8 flex-1 rounded-md px-2 text-ink-2 text-sm hover:text-ink aria-pressed:bg-card aria-pressed:font-semibold aria-pressed:text-ink aria-pressed:shadow-card max-sm:min-h-10"
    >
      {label}
    </button>
  );
}
