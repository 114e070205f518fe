import { useTranslations } from 'next-intl';
import type { ReactNode } from 'react';
import { Breadcrumb, type Crumb } from '@/components/ui/breadcrumb';

export interface PageHeaderProps {
  title: ReactNode;
  crumbs?: readonly Crumb[];
  /** The line of facts under the title: `<span>Livraison <b>T3 2028</b></span>`, a Freshness. */
  lede?: ReactNode;
  /** Lesser acts. */
  actions?: ReactNode;
  /** The page's main act: at the right on a wide screen, held above the tab bar on a phone. */
  mainAct?: ReactNode;
}

/** Where one is, what it is, what can be done. */
export function PageHeader({ title, crumbs = [], lede, actions, mainAct }: PageHeaderProps) {
  const t = useTranslations('layout');
  return (
    <div className="mb-5 flex flex-wrap items-end gap-x-6 gap-y-3">
      <div className="min-w-0 flex-[1_1_24rem]">
        {crumbs.length > 0 && <Breadcrumb crumbs={crumbs} label={t('breadcrumb')} />}
        <h1 className="mt-1 text-2xl tracking-[-0.025em] sm:text-3xl">{title}</h1>
        {lede != null && (
          <div className="mt-1.5 flex flex-wrap items-center gap-x-4 gap-y-1 text-ink-2 [&_b]:text-ink">
            {lede}
          </div>
        )}
      </div>
      {(actions != null || mainAct != null) && (
        <div className="flex flex-wrap items-center gap-2.5">
          {actions}
          {mainAct != null && <ThumbBar>{mainAct}</ThumbBar>}
        </div>
      )}
    </div>
  );
}

/** Keeps a page's main act within reach of the thumb on a phone; elsewhere it stays where it is written. */
export function ThumbBar({ children }: { children: ReactNode }) {
  return (
    <div className="empty:hidden max-sm:fixed max-sm:inset-x-0 max-sm:bottom-(--tabbar) max-sm:z-20 max-sm:grid max-sm:border-line max-sm:border-t max-sm:bg-card/95 max-sm:px-4 max-sm:py-2.5 sm:contents">
      {children}
    </div>
  );
}
