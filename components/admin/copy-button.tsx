'use client';

import { useTranslations } from 'next-intl';
import { useState } from 'react';
import { Button } from '@/components/ui/button';
import { VisuallyHidden } from '@/components/ui/visually-hidden';

/** Puts a text on the clipboard, and says so. */
export function CopyButton({ text, name }: { text: string; name: string }) {
  const t = useTranslations('admin.webhooks');
  const [copied, setCopied] = useState(false);
  return (
    <>
      <Button
        size="sm"
        aria-label={t('copyOf', { name })}
        onBlur={() => setCopied(false)}
        onClick={async () => {
          await navigator.clipboard.writeText(text);
          setCopied(true);
        }}
      >
        {t(copied ? 'copied' : 'copy')}
      </Button>
      <VisuallyHidden role="status">{copied ? t('copied') : ''}</VisuallyHidden>
    </>
  );
}
