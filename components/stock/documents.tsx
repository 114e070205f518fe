import { FileText, Image as Picture } from 'lucide-react';
import { useTranslations } from 'next-intl';
import { AnchoredPanel, anchorOf } from '@/components/stock/anchored-panel';
import { Button } from '@/components/ui/button';
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

const menuId = 'programme-documents';

/** The programme's papers behind one button. */
export function DocumentsMenu({ documents }: { documents: readonly StockDocument[] }) {
  const t = useTranslations('stock.documents');
  if (documents.length === 0) return null;
  return (
    <>
      <Button popoverTarget={menuId} style={{ anchorName: anchorOf(menuId) }}>
        {t('title')}
      </Button>
      <AnchoredPanel id={menuId}>
        <DocumentList documents={documents} />
      </AnchoredPanel>
    </>
  );
}
