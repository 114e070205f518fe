/** The page of a lot, annexes included. */
export function lotHref(promoter: string, extcode: string): string {
  return `/lots/${encodeURIComponent(promoter)}/${encodeURIComponent(extcode)}`;
}

/** The page of a programme. */
export function programmeHref(promoter: string, code: string): string {
  return `/programmes/${encodeURIComponent(promoter)}/${encodeURIComponent(code)}`;
}

/** The form in which a prospect is denounced on this programme, for this lot when one is given. */
export function denounceHref(promoter: string, programme: string, lot?: string): string {
  const query = new URLSearchParams({ promoteur: promoter, programme, ...(lot ? { lot } : {}) });
  return `/denonciations/nouvelle?${query}`;
}

/** The form that pre-reserves this lot; `option` is the option from which it is opened. */
export function reserveHref(promoter: string, lot: string, option?: string): string {
  const query = new URLSearchParams({ promoteur: promoter, lot, ...(option ? { option } : {}) });
  return `/reservations/nouvelle?${query}`;
}
