import type { ReactNode } from 'react';

/** The keyboard's first stop: past the header, to `#content`. */
export function SkipLink({ children }: { children: ReactNode }) {
  return (
    <a
      href="#content"
      className="sr-only rounded-control bg-brand px-4 py-2 font-semibold text-brand-ink focus:not-sr-only focus:fixed focus:top-2 focus:left-2 focus:z-60"
    >
      {children}
    </a>
  );
}
