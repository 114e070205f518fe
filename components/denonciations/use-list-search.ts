'use client';

import { useQuery } from '@tanstack/react-query';
import { useRouter } from 'next/navigation';
import { parseAsInteger, parseAsString, useQueryStates } from 'nuqs';
import { useEffect, useRef, useState, useTransition } from 'react';
import { useLive } from '@/components/layout/use-live';

/** One page of a list, as the server found it. `counts`: how many per state, whatever the state chosen. */
export type Found<State extends string> = {
  lines: readonly object[];
  total: number;
  page: number;
  pages: number;
  counts: Partial<Record<State, number>>;
};

/** The action that looks for words; its input goes in the body of a POST. */
export type Find<State extends string, Page> = (filter: {
  q: string;
  state: State | null;
  page: number;
}) => Promise<{ data?: Page; serverError?: string }>;

// Their names in the address are those of the lists' schemas, which the server parses.
const parsers = { state: parseAsString, page: parseAsInteger };

/** Someone who types has paused. */
const PAUSE_MS = 300;

/** How often a list that holds acts under way is read again, in ms; null when nothing in it moves by itself. */
export function listPace(lines: readonly object[]): number | null {
  const some = (state: string) => lines.some((line) => 'state' in line && line.state === state);
  if (some('pending') || some('received')) return 3_000;
  return some('uncertain') ? 30_000 : null;
}

/**
 * A list narrowed by state and page, which stand in the address and which the server draws, and by words, which are kept out
 * of it: they name a prospect, and an address is written in logs and histories. With words, the page comes by `find`.
 */
export function useListSearch<State extends string, Page extends Found<State>>(
  list: string,
  states: readonly State[],
  fromServer: Page,
  find: Find<State, Page>,
) {
  const router = useRouter();
  const [moving, startTransition] = useTransition();
  const [{ state: named, page }, patch] = useQueryStates(parsers, { shallow: false, startTransition });
  const state = states.find((one) => one === named) ?? null;
  const [typed, setTyped] = useState('');
  const [words, setWords] = useState('');
  const wanted = typed.trim();
  useEffect(() => {
    if (wanted === words) return;
    const timer = setTimeout(
      () => {
        setWords(wanted);
        // Other words have other pages.
        if (page !== null) void patch({ page: null }, { history: 'replace' });
      },
      wanted === '' ? 0 : PAUSE_MS,
    );
    return () => clearTimeout(timer);
  }, [wanted, words, page, patch]);

  const search = useQuery({
    queryKey: ['list', list, words, state, page],
    queryFn: async () => {
      const { data, serverError } = await find({ q: words, state, page: page ?? 1 });
      // The page's own gate leads to sign-in, and back.
      if (serverError === 'signed-out') router.refresh();
      if (!data) throw new Error('The list was not searched.');
      return data;
    },
    enabled: words !== '',
    // What was looked for is forgotten with the page.
    gcTime: 0,
    networkMode: 'always',
    retry: false,
    refetchInterval: ({ state: { data } }) => (data ? (listPace(data.lines) ?? false) : false),
  });
  const searching = words !== '';
  useLive('act', () => searching && void search.refetch());
  // An act on a line draws the server's page anew: what was looked for follows.
  const drawn = useRef(fromServer);
  const { refetch } = search;
  useEffect(() => {
    if (drawn.current === fromServer) return;
    drawn.current = fromServer;
    if (searching) void refetch();
  }, [fromServer, searching, refetch]);
  const answer = searching ? search.data : fromServer;
  // Until the answer, what was there stays: nothing flickers.
  const [shown, setShown] = useState(fromServer);
  if (answer && answer !== shown) setShown(answer);
  const failed = searching && search.isLoadingError;
  return {
    found: answer ?? shown,
    searching,
    busy: moving || wanted !== words || (answer === undefined && !failed),
    /** The words got no answer: nothing can be said of them. */
    failed,
    retry: () => void search.refetch(),
    typed,
    type: setTyped,
    state,
    choose: (value: State | null) => void patch({ state: value, page: null }, { history: 'push' }),
    /** Everything again: no words, every state. */
    reset: () => {
      setTyped('');
      void patch({ state: null, page: null }, { history: 'push' });
    },
  };
}
