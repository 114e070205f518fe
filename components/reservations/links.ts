/** The page of one reservation. */
export function reservationHref(id: string): string {
  return `/reservations/${id}`;
}

/** Its summary, as a PDF. */
export function summaryHref(id: string): string {
  return `/api/reservations/${id}/synthese`;
}
