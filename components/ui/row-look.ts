/** The classes of a row that becomes two lines on a phone. */
export const phoneRow =
  'relative max-sm:grid max-sm:grid-cols-[minmax(0,1fr)_auto] max-sm:gap-x-3 max-sm:gap-y-1 max-sm:border-line max-sm:border-b max-sm:px-4 max-sm:py-3 max-sm:last:border-b-0 max-sm:[&>td]:border-0 max-sm:[&>td]:p-0';

/** The link that makes its whole row one. */
export const rowLink =
  'font-semibold no-underline after:absolute after:inset-0 focus-visible:outline-none focus-visible:after:-outline-offset-2 focus-visible:after:outline-2 focus-visible:after:outline-brand';
