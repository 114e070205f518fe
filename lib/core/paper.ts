import { join } from 'node:path';
import { Font, StyleSheet } from '@react-pdf/renderer';

const files = join(process.cwd(), 'node_modules/@fontsource/instrument-sans/files');
const families = ['latin', 'latin-ext'].map((script) => {
  const family = `Instrument Sans ${script}`;
  const src = (weight: number) => join(files, `instrument-sans-${script}-${weight}-normal.woff`);
  Font.register({ family, fonts: [400, 600].map((fontWeight) => ({ src: src(fontWeight), fontWeight })) });
  return family;
});
// A reference or an address is never cut in two.
Font.registerHyphenationCallback((word) => [word]);

const INK = '#1d2430';
const QUIET = '#5b6472';
/** The look of what the portal prints: A4, one column of names and values. */
export const paper = StyleSheet.create({
  page: { padding: 56, fontFamily: families, fontSize: 10.5, color: INK, lineHeight: 1.45 },
  issuer: { fontSize: 9, color: QUIET },
  title: { fontSize: 20, fontWeight: 600, marginTop: 28, marginBottom: 4, lineHeight: 1.2 },
  state: { fontSize: 12, fontWeight: 600, marginBottom: 20 },
  section: { fontSize: 12, fontWeight: 600, marginTop: 18, marginBottom: 4 },
  row: {
    flexDirection: 'row',
    borderTopWidth: 0.5,
    borderTopColor: '#d5dae1',
    paddingTop: 6,
    paddingBottom: 6,
  },
  label: { width: 150, color: QUIET },
  value: { flex: 1 },
  code: {
    marginTop: 26,
    padding: 14,
    borderWidth: 0.75,
    borderColor: INK,
    borderRadius: 4,
  },
  secret: { fontSize: 13, fontWeight: 600, marginTop: 4, marginBottom: 6 },
  foot: { position: 'absolute', left: 56, right: 56, bottom: 36, fontSize: 8.5, color: QUIET },
});
