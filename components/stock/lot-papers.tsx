import { useTranslations } from 'next-intl';
import { DocumentList } from '@/components/stock/documents';
import { PictureIfDrawn } from '@/components/stock/picture-if-drawn';
import { Card } from '@/components/ui/card';
import type { StockDocument } from '@/lib/stock/schema';

/** The lot's plan, drawn when the browser can, and its other papers. */
export function LotPapers({ documents }: { documents: readonly StockDocument[] }) {
  const t = useTranslations('stock');
  if (documents.length === 0) return null;
  // A plan may be a drawing or a PDF: shown when the browser can draw it, and always in the list below.
  const pictures = documents.filter(({ type, key }) => type === 'image' || key === 'plan');
  return (
    <Card pad aria-label={t('documents.title')}>
      <h2 className="text-lg">{t('documents.title')}</h2>
      {pictures.map(({ key, label, href }) => (
        <PictureIfDrawn
          key={key}
          src={href}
          alt={label}
          className="mt-3 max-h-[32rem] w-full rounded-md object-contain"
        />
      ))}
      <div className="mt-2">
        <DocumentList documents={documents} />
      </div>
    </Card>
  );
}
