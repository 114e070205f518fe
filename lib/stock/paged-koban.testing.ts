/** A lot of the small Koban below. */
export type PulledLot = {
  code: string | null;
  guid?: string;
  label?: string;
  status?: string;
  statusLabel?: string;
  programme?: string;
  /** The programme stands by its guid alone. */
  programmeByGuid?: boolean;
  priceCents?: number;
  secondary?: boolean;
  link?: string;
  fields?: Record<string, string>;
};

type Held = PulledLot & { guid: string; updated: number };

/**
 * A Koban that lists lots, the oldest change first, and programmes: small enough that a test can move its pages while they
 * are read. A change takes a lot to the end of the list. Its answers have no `Date`; its clock may run behind ours.
 */
export function pagedKoban(lots: readonly PulledLot[], { behindSeconds = 0 } = {}) {
  let clock = Math.floor(Date.now() / 1000) - 100_000;
  const list: Held[] = [];
  let failAfter: number | null = null;
  let pages = 0;
  let longest = 500;
  let [isDown, startIgnored, programmesMissing, uncounted, hidden] = [false, false, false, false, false];
  let lastUpdated = 0;
  let instead: (() => Promise<Response>) | null = null;
  let afterPage: () => void | Promise<void> = () => {};

  const put = (lot: PulledLot) => {
    list.push({ ...lot, guid: lot.guid ?? `guid-${lot.code}`, updated: ++clock });
  };
  for (const lot of lots) put(lot);
  // What the list began with changed long ago; what comes changes now.
  clock = Math.floor(Date.now() / 1000) - behindSeconds;
  const take = (code: string): Held => {
    const [lot] = list.splice(
      list.findIndex((each) => each.code === code),
      1,
    );
    if (!lot) throw new Error(`No lot ${code}`);
    return lot;
  };

  const page = async (query: URLSearchParams): Promise<Response> => {
    if (instead) return instead();
    if (failAfter !== null && pages >= failAfter) return new Response('', { status: 500 });
    pages += 1;
    lastUpdated = Number(query.get('updated'));
    const since = (hidden ? [] : list).filter((lot) => lot.updated >= lastUpdated);
    const start = startIgnored ? 0 : Number(query.get('s'));
    const rows = since.slice(start, start + Math.min(longest, Number(query.get('l'))));
    const body = JSON.stringify({ Length: uncounted ? undefined : since.length, List: rows.map(onWire) });
    await afterPage();
    return new Response(body);
  };

  const fetch: typeof globalThis.fetch = async (input) => {
    if (isDown)
      throw new TypeError('fetch failed', {
        cause: Object.assign(new Error('down'), { code: 'ECONNREFUSED', syscall: 'connect' }),
      });
    const url = new URL(String(input));
    if (url.pathname.endsWith('/ncDeal/GetUpdated')) return page(url.searchParams);
    if (programmesMissing) return new Response('', { status: 500 });
    const codes = new Set(list.map((lot) => lot.programme ?? 'TDC'));
    return Response.json(
      [...codes].map((code) => ({ Guid: `p-${code}`, Label: code, Extcode: code, IsActive: true })),
    );
  };

  return {
    fetch,
    add: put,
    remove: (code: string) => void take(code),
    set: (code: string, change: Partial<PulledLot>) => put({ ...take(code), ...change }),
    touch: (code: string) => put(take(code)),
    codes: () => list.flatMap((lot) => lot.code ?? []),
    lastUpdated: () => lastUpdated,
    afterPage: (run: () => void | Promise<void>) => {
      afterPage = run;
    },
    failAfterPages: (count: number | null) => {
      pages = 0;
      failAfter = count;
    },
    /** What every page answers instead of lots; null for lots again. */
    answer: (given: (() => Promise<Response>) | null) => {
      instead = given;
    },
    longestPage: (length: number) => {
      longest = length;
    },
    down: (yes: boolean) => {
      isDown = yes;
    },
    ignoreStart: (yes: boolean) => {
      startIgnored = yes;
    },
    hideLots: (yes: boolean) => {
      hidden = yes;
    },
    /** Answers lists without their `Length`. */
    announceNothing: (yes: boolean) => {
      uncounted = yes;
    },
    noProgrammes: (yes: boolean) => {
      programmesMissing = yes;
    },
  };
}

function onWire(lot: Held) {
  const programme = lot.programme ?? 'TDC';
  return {
    Guid: lot.guid,
    Extcode: lot.code,
    Label: lot.label ?? lot.code,
    Status: { Code: lot.status ?? 'LIBRE', Label: lot.statusLabel ?? null },
    Process: lot.programmeByGuid ? { Guid: `p-${programme}` } : { Code: programme, Label: programme },
    Amountprev: (lot.priceCents ?? 20_000_000) / 100,
    Type: lot.secondary ? 'Secondary' : null,
    Link: lot.link ?? null,
    MoreFields: Object.entries(lot.fields ?? {}).map(([FieldId, Value]) => ({ FieldId, Value })),
    DUpdated: lot.updated,
  };
}
