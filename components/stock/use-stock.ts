'use client';

import {
  type QueryClient,
  type UseQueryOptions,
  useQueries,
  useQuery,
  useQueryClient,
} from '@tanstack/react-query';
import { toldVersion } from '@/components/layout/live-line';
import { useStreamState } from '@/components/layout/use-live';
import { decodeSnapshot, mergeDelta } from '@/lib/stock/rules';
import {
  ATTEMPT_AT_HEADER,
  SEEN_AT_HEADER,
  type StockBook,
  type StockDelta,
  type StockSnapshot,
} from '@/lib/stock/schema';

/** One promoter's stock as this browser holds it, and how old it is. */
export type HeldStock = { book: StockBook; seenAt: Date | null; attemptAt: Date | null };

/** The session ended, or the promoter is no longer open to this person: asking again would change nothing. */
export class StockRefused extends Error {}

// Without the stream. The mirror follows Koban every 30 s: asking three times as often keeps the screen within ten seconds of it.
export const POLL_MS = 10_000;
// An answer may be older than what the stream has told (another process gave it): the next one is not.
const BEHIND_MS = 1_000;

/** Where the browser keeps a promoter's stock; without one, all of them. */
export const stockKey = (promoter?: string): string[] => [
  'stock',
  ...(promoter === undefined ? [] : [promoter]),
];

/** Asks for what changed since `held`, or for everything; what does not fit together is asked for again whole. */
export async function fetchStock(
  promoter: string,
  held: HeldStock | undefined,
  signal?: AbortSignal,
): Promise<HeldStock> {
  const since = held ? `&since=${held.book.version}` : '';
  const response = await fetch(`/api/stock?promoter=${encodeURIComponent(promoter)}${since}`, { signal });
  if ([401, 403, 404].includes(response.status)) throw new StockRefused(String(response.status));
  if (!response.ok) throw new Error(`The stock answered ${response.status}.`);
  const answer: StockSnapshot | StockDelta = await response.json();
  const book =
    answer.kind === 'snapshot' ? decodeSnapshot(answer) : held ? mergeDelta(held.book, answer) : null;
  if (!book) return fetchStock(promoter, undefined, signal);
  return {
    book,
    seenAt: instantOf(response.headers.get(SEEN_AT_HEADER)),
    attemptAt: instantOf(response.headers.get(ATTEMPT_AT_HEADER)),
  };
}

function instantOf(header: string | null): Date | null {
  return header ? new Date(header) : null;
}

function stockQuery(client: QueryClient, promoter: string, live: boolean) {
  const queryKey = stockKey(promoter);
  const held = () => client.getQueryData<HeldStock>(queryKey);
  return {
    queryKey,
    queryFn: async ({ signal }) => latest(await fetchStock(promoter, held(), signal), held()),
    staleTime: live ? Number.POSITIVE_INFINITY : POLL_MS / 2,
    refetchInterval: ({ state: { data } }) => {
      if (!live) return POLL_MS;
      return data && data.book.version < toldVersion(promoter) ? BEHIND_MS : false;
    },
    refetchOnWindowFocus: true,
    retry: (failures, fault) => !(fault instanceof StockRefused) && failures < 2,
    // Unchanged lots keep their identity through mergeDelta; comparing 20,000 again would cost a frame.
    structuralSharing: false,
  } satisfies UseQueryOptions<HeldStock>;
}

/** What was asked for, unless the stream has told of more while the answer was on its way. */
function latest(asked: HeldStock, held: HeldStock | undefined): HeldStock {
  const older = held && held.book.scope === asked.book.scope && held.book.version > asked.book.version;
  return older ? held : asked;
}

/** The stock of one promoter, kept up to date while a page shows it; `book` is null until it has come. */
export function useStock(promoter: string) {
  const live = useStreamState() === 'live';
  const { data, error } = useQuery(stockQuery(useQueryClient(), promoter, live));
  return {
    book: data?.book ?? null,
    seenAt: data?.seenAt ?? null,
    attemptAt: data?.attemptAt ?? null,
    refused: error instanceof StockRefused,
  };
}

/** The stock of several promoters, in their order; null where it has not come yet. */
export function useStocks(promoters: readonly string[]): readonly (StockBook | null)[] {
  const client = useQueryClient();
  const live = useStreamState() === 'live';
  return useQueries({
    queries: promoters.map((promoter) => stockQuery(client, promoter, live)),
    combine: booksOf,
  });
}

// Outside the hook, so that the same books give the same list.
const booksOf = (results: readonly { data?: HeldStock }[]) => results.map(({ data }) => data?.book ?? null);
