import type { ReactNode } from 'react';

/** Long work, with its counts: `text` says « 240 lots sur 700 ». */
export function Progress({
  value,
  max,
  label,
  text,
}: {
  value: number;
  max: number;
  label: string;
  text: ReactNode;
}) {
  const share = max > 0 ? Math.min(value / max, 1) : 0;
  return (
    <div>
      <div className="mb-1.5 flex justify-between gap-4 text-sm">
        <span className="font-medium">{label}</span>
        <span className="text-ink-2">{text}</span>
      </div>
      <div
        role="progressbar"
        aria-label={label}
        // Without a known end it tells no share.
        {...(max > 0 && { 'aria-valuenow': value, 'aria-valuemin': 0, 'aria-valuemax': max })}
        className="h-1.5 overflow-hidden rounded-full bg-line"
      >
        <div
          className="h-full rounded-full bg-brand transition-[width] duration-300"
          style={{ width: `${share * 100}%` }}
        />
      </div>
    </div>
  );
}
