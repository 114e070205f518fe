export interface ComboboxItem {
  value: string;
  /** What is searched and written in the field. */
  label: string;
  /** Second line of the list, also searched. */
  detail?: string;
  disabled?: boolean;
}

const fold = (text: string) =>
  text
    .normalize('NFD')
    .replace(/\p{Diacritic}/gu, '')
    .toLowerCase();

/** Each word typed must stand somewhere in the item, whatever its accents: « cana nan » finds « Canal, Nantes ». */
export function matches(item: ComboboxItem, query: string): boolean {
  const text = fold(`${item.label} ${item.detail ?? ''}`);
  return fold(query)
    .split(/\s+/)
    .every((word) => text.includes(word));
}
