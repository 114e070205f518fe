/** Begins a file so that spreadsheets read it as UTF-8. */
export const BYTE_ORDER_MARK = '\uFEFF';

/**
 * One line of a table for spreadsheets (RFC 4180 with semicolons, as French ones expect). A cell that a spreadsheet would run as a
 * formula is given an apostrophe first: what people typed must never be executed on another's machine.
 */
export function csvLine(cells: readonly string[]): string {
  return `${cells.map(cell).join(';')}\r\n`;
}

function cell(text: string): string {
  // Full-width signs are read as their ASCII twins by some spreadsheets.
  const safe = /^\s*[=+\-@\t\r\uFF1D\uFF0B\uFF0D\uFF20|%]/u.test(text) ? `'${text}` : text;
  return `"${safe.replaceAll('"', '""')}"`;
}
