/** The page of one dénonciation; `lot` is the lot's code for which it was made, to go on to its option. */
export function denonciationHref(id: string, lot?: string | null): string {
  return `/denonciations/${id}${lot ? `?${new URLSearchParams({ lot })}` : ''}`;
}

/** The PDF of a dénonciation's receipt. */
export function receiptHref(id: string): string {
  return `/api/denonciations/${id}/accuse`;
}

/** What one form became, programme by programme: the acts it began, and what was not filed and why. */
export type Outcome = {
  acts: readonly string[];
  refused: readonly { promoter: string; code: string; reason: string; id: string | null }[];
};

/** The page that follows several dénonciations of one form. Only ids and codes: nothing of the prospect stands in an address. */
export function outcomeHref({ acts, refused }: Outcome): string {
  const query = new URLSearchParams();
  for (const id of acts) query.append('acte', id);
  for (const { promoter, code, reason, id } of refused) {
    query.append('refus', [promoter, code, reason, id ?? ''].join('~'));
  }
  return `/denonciations/suivi?${query}`;
}

/** Reads an address made by `outcomeHref`. */
export function readOutcome(query: Record<string, string | string[] | undefined>): Outcome {
  return {
    acts: all(query.acte),
    refused: all(query.refus).flatMap((entry) => {
      const [promoter, code, reason, id] = entry.split('~');
      return promoter && code && reason ? [{ promoter, code, reason, id: id || null }] : [];
    }),
  };
}

const all = (value: string | string[] | undefined): string[] =>
  value === undefined ? [] : Array.isArray(value) ? value : [value];

/** Sign-in, and back to this place. */
export function signInHref(path: string): string {
  return `/connexion?suite=${encodeURIComponent(path)}`;
}
