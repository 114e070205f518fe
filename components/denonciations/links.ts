/** The page of one dénonciation; `lot` is the lot's code for which it was made, to go on to its option. */
export function denonciationHref(id: string, lot?: string | null): string {
  return `/denonciations/${id}${lot ? `?${new URLSearchParams({ lot })}` : ''}`;
}

/** The PDF of a dénonciation's receipt. */
export function receiptHref(id: string): string {
  return `/api/denonciations/${id}/accuse`;
}

/** The page that follows what one form became, by the form's key: the server knows the rest. */
export function outcomeHref(formKey: string): string {
  return `/denonciations/suivi?${new URLSearchParams({ envoi: formKey })}`;
}

/** Sign-in, and back to this place. */
export function signInHref(path: string): string {
  return `/connexion?suite=${encodeURIComponent(path)}`;
}
