import { FileText, Image as Picture } from 'lucide-react';
import { useTranslations } from 'next-intl';
import type { StockDocument } from '@/lib/stock/schema';

/** Papers to read or hand on; each opens beside the page. */
export function DocumentList({ documents }: { documents: readonly StockDocument[] }) {
  const t = useTranslations('stock.documents');
  return (
    <ul>
      {documents.map(({ key, label, type, href }) => (
        <li key={key}>
          <a
            href={href}
            target="_blank"
            rel="noreferrer"
            className="-mx-2 flex min-h-10 items-center gap-3 rounded-md px-2 py-1.5 font-medium text-[0.875rem] no-underline hover:bg-sunk max-sm:min-h-11 [&>svg]:size-4 [&>svg]:flex-none [&>svg]:text-ink-3"
          >
            {type === 'image' ? <Picture aria-hidden="true" /> : <FileText aria-hidden="true" />}
            {label}
            <span className="sr-only">{t('newTab')}</span>
          </a>
        </li>
      ))}
    </ul>
  );
}
