import { LinkButton } from '@/components/ui/button';

/** From one page of a long list to the next; nothing when there is only one. */
export function Pager({
  page,
  pages,
  hrefOf,
  label,
  place,
  previous,
  next,
}: {
  page: number;
  pages: number;
  hrefOf: (page: number) => string;
  label: string;
  /** « Page 2 sur 5 ». */
  place: string;
  previous: string;
  next: string;
}) {
  if (pages <= 1) return null;
  return (
    <nav
      aria-label={label}
      className="flex items-center justify-between gap-3 border-line border-t px-4 py-3"
    >
      <span className="flex-1">
        {page > 1 && (
          <LinkButton size="sm" href={hrefOf(page - 1)} rel="prev">
            {previous}
          </LinkButton>
        )}
      </span>
      <span className="text-ink-2 text-sm">{place}</span>
      <span className="flex flex-1 justify-end">
        {page < pages && (
          <LinkButton size="sm" href={hrefOf(page + 1)} rel="next">
            {next}
          </LinkButton>
        )}
      </span>
    </nav>
  );
}
