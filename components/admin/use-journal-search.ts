'use client';

import { useQuery } from '@tanstack/react-query';
import { useRouter } from 'next/navigation';
import { useState, useTransition } from 'react';
import { journalAddress } from '@/components/admin/journal-address';
import { searchJournal } from '@/lib/admin/actions';
import type { JournalFilter, JournalPage } from '@/lib/admin/schema';

type JournalWords = Pick<JournalFilter, 'actor' | 'subject'>;
const none: JournalWords = { actor: '', subject: '' };

/**
 * The journal by days, action and page, which stand in the address and which the server draws, and by words, which are kept out
 * of it: they name people, and an address is written in logs. With words, the page comes by `searchJournal`.
 * @param asked what stands in the address
 */
export function useJournalSearch(fromServer: JournalPage, asked: JournalFilter) {
  const router = useRouter();
  const [moving, startTransition] = useTransition();
  const [words, setWords] = useState(none);
  const filter = { ...asked, ...words };
  const searching = words.actor !== '' || words.subject !== '';
  const search = useQuery({
    queryKey: ['journal', filter],
    queryFn: async () => {
      const { data, serverError } = await searchJournal(filter);
      // The page's own gate leads to sign-in, and back.
      if (serverError === 'signed-out') router.refresh();
      if (!data) throw new Error('The journal was not searched.');
      return data;
    },
    enabled: searching && !moving,
    // What was looked for is forgotten with the page.
    gcTime: 0,
    networkMode: 'always',
    retry: false,
  });
  const answer = searching ? search.data : fromServer;
  // Until the answer, what was there stays.
  const [shown, setShown] = useState(fromServer);
  if (answer && answer !== shown) setShown(answer);
  return {
    filter,
    found: answer ?? shown,
    busy: moving || (searching && search.isFetching),
    failed: searching && search.isLoadingError,
    retry: () => void search.refetch(),
    look: (wanted: JournalFilter) => {
      // The same words again: what they find may have changed.
      if (searching && wanted.actor === words.actor && wanted.subject === words.subject)
        void search.refetch();
      setWords({ actor: wanted.actor, subject: wanted.subject });
      startTransition(() => router.push(journalAddress(wanted)));
    },
  };
}
