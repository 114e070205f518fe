import type { ReactNode } from 'react';
import { cx } from '@/components/ui/cx';

export interface Kpi {
  label: string;
  value: ReactNode;
  detail?: ReactNode;
}

/** The few figures that sum a page up, in one card. On a phone, three a line. */
export function KpiRow({ items, className }: { items: readonly Kpi[]; className?: string }) {
  return (
    <dl
      className={cx(
        // The hairlines are the card's own background, seen through gaps of one pixel.
        'grid grid-cols-2 gap-px overflow-hidden rounded-card border border-line bg-line shadow-card min-[360px]:grid-cols-3 lg:grid-flow-col lg:auto-cols-fr lg:grid-cols-none',
        // One left alone on its line takes the whole of it.
        'max-lg:min-[360px]:[&>div:last-child:nth-child(3n+1)]:col-span-full',
        className,
      )}
    >
      {items.map((item) => (
        <div key={item.label} className="flex flex-col bg-card px-3.5 py-3 sm:px-[18px] sm:py-3.5">
          <dt className="text-ink-3 text-sm">{item.label}</dt>
          <dd className="mt-auto whitespace-nowrap font-semibold text-lg tracking-tight sm:text-2xl">
            {item.value}
          </dd>
          {item.detail != null && <dd className="text-ink-3 text-xs">{item.detail}</dd>}
        </div>
      ))}
    </dl>
  );
}
