import { cookies } from 'next/headers';
import { getLocale, getTranslations } from 'next-intl/server';
import { cx } from '@/components/ui/cx';
import { chooseLanguageAction } from '@/lib/accounts/actions';
import { setTheme } from '@/lib/i18n/actions';
import { chooseTheme, themeCookie } from '@/lib/i18n/theme';

const choiceLook =
  'min-h-9 rounded-control border px-3.5 text-[0.875rem] font-medium max-sm:min-h-11 aria-pressed:border-brand aria-pressed:bg-brand-bg aria-pressed:text-brand';

/** Language and theme: one press, no script needed. */
export async function DisplayChoices() {
  const [t, words, locale, jar] = await Promise.all([
    getTranslations('accounts.account'),
    getTranslations('layout.account'),
    getLocale(),
    cookies(),
  ]);
  const theme = chooseTheme(jar.get(themeCookie)?.value);
  return (
    <div className="flex flex-col gap-5">
      <Choice legend={t('language')} act={chooseLanguageAction}>
        <Press name="locale" value="fr" on={locale === 'fr'} label={words('french')} lang="fr" />
        <Press name="locale" value="en" on={locale === 'en'} label={words('english')} lang="en" />
      </Choice>
      <Choice legend={t('theme')} act={setTheme}>
        <Press name="theme" value="system" on={theme === 'system'} label={words('themeSystem')} />
        <Press name="theme" value="light" on={theme === 'light'} label={words('themeLight')} />
        <Press name="theme" value="dark" on={theme === 'dark'} label={words('themeDark')} />
      </Choice>
    </div>
  );
}

function Choice({
  legend,
  act,
  children,
}: {
  legend: string;
  act: (form: FormData) => Promise<void>;
  children: React.ReactNode;
}) {
  return (
    <form action={act}>
      <fieldset>
        <legend className="mb-1.5 font-[550] text-sm">{legend}</legend>
        <div className="flex flex-wrap gap-2">{children}</div>
      </fieldset>
    </form>
  );
}

function Press({
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
      className={cx(choiceLook, 'border-line-2 bg-card hover:border-line-field')}
    >
      {label}
    </button>
  );
}
