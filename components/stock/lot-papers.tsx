import { useTranslations } from 'next-intl';
import { DocumentList } from '@/components/stock/documents';
import { Card } from '@/components/ui/card';
import type { StockDocument } from '@/lib/stock/schema';

/** The lot's plan, drawn when the browser can, and its other papers. */
export function LotPapers({ documents }: { documents: readonly StockDocument[] }) {
  const t = useTranslations('stock');
  if (documents.length === 0) return null;
  const pictures = documents.filter(({ type }) => type === 'image');
  return (
    <Card pad aria-label={t('documents.title')}>
      <h2 className="text-lg">{t('documents.title')}</h2>
      {pictures.map(({ key, label, href }) => (
        <picture key={key}>
          <img
            src={href}
            alt={label}
            loading="lazy"
            className="mt-3 max-h-[32rem] w-full rounded-md object-contain"
          />
        </picture>
      ))}
      <div className="mt-2">
        <DocumentList documents={documents} />
      </div>
    </Card>
  );
}
