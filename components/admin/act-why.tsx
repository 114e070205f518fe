'use client';

import { useActSentence } from '@/components/denonciations/act-sentence';

/** Why a result is unknown, in the sentence that the partner reads. */
export function ActWhy({ code }: { code: string }) {
  const sentence = useActSentence();
  return <p className="text-ink-2 text-sm">{sentence(code)}</p>;
}
