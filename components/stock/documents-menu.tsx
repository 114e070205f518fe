import { useTranslations } from 'next-intl';
import { AnchoredPanel, anchorOf } from '@/components/stock/anchored-panel';
import { DocumentList } from '@/components/stock/documents';
import { Button } from '@/components/ui/button';
import { useOpenPanel } from '@/components/ui/use-open-panel';
import type { StockDocument } from '@/lib/stock/schema';

const menuId = 'programme-documents';

/** The programme's papers behind one button; drawn while they are open, not with the page. */
export function DocumentsMenu({ documents }: { documents: readonly StockDocument[] }) {
  const t = useTranslations('stock.documents');
  const { open, panel } = useOpenPanel();
  if (documents.length === 0) return null;
  return (
    <>
      <Button popoverTarget={menuId} style={{ anchorName: anchorOf(menuId) }}>
        {t('title')}
      </Button>
      <AnchoredPanel id={menuId} {...panel}>
        {open && <DocumentList documents={documents} />}
      </AnchoredPanel>
    </>
  );
}
