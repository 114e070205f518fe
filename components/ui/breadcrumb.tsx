import Link from 'next/link';

export interface Crumb {
  label: string;
  /** Absent for a place that has no page of its own. */
  href?: string;
}

/** The way back up; the page's own title is not in it. */
export function Breadcrumb({ crumbs, label }: { crumbs: readonly Crumb[]; label: string }) {
  return (
    <nav aria-label={label}>
      <ol className="flex flex-wrap items-center gap-x-1.5 text-ink-3 text-sm">
        {crumbs.map((crumb, index) => (
          <li key={crumb.label} className="flex items-center gap-1.5">
            {index > 0 && <span aria-hidden="true">›</span>}
            {crumb.href === undefined ? (
              <span>{crumb.label}</span>
            ) : (
              // Rarely the way on: fetched when it is taken, and not by everyone who sees the page.
              <Link
                href={crumb.href}
                prefetch={false}
                className="-my-1 py-1 no-underline hover:text-ink hover:underline"
              >
                {crumb.label}
              </Link>
            )}
          </li>
        ))}
      </ol>
    </nav>
  );
}
