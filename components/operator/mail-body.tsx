import { getTranslations } from 'next-intl/server';
import { Card } from '@/components/ui/card';
import { Note } from '@/components/ui/note';

/**
 * A message as its reader would see it. The frame is sandboxed: nothing in it can run, submit or reach this page; its links
 * open in a tab of their own.
 */
export async function MailBody({ html, text }: { html: string; text: string }) {
  const t = await getTranslations('operator.mailbox');
  if (!html) return <Note>{t('wiped')}</Note>;
  return (
    <div className="grid items-start gap-5 lg:grid-cols-2">
      <Card className="overflow-hidden">
        <iframe
          title={t('body')}
          srcDoc={html}
          sandbox="allow-popups allow-popups-to-escape-sandbox"
          referrerPolicy="no-referrer"
          className="h-[34rem] w-full bg-white"
        />
      </Card>
      <Card pad>
        <pre className="whitespace-pre-wrap break-words font-sans text-[0.875rem]">{text}</pre>
      </Card>
    </div>
  );
}
