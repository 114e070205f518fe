import type { Config } from 'tailwindcss';

const statuses = ['libre', 'option', 'preresv', 'resv', 'bloque', 'acte', 'other', 'accent'] as const;
const statusColours = Object.fromEntries(
  statuses.map((name) => [name, { DEFAULT: `var(--${name})`, bg: `var(--${name}-bg)` }]),
);

// The palette is closed: a colour that is not a token of globals.css has no dark twin and no checked contrast.
export default {
  content: ['./app/**/*.{ts,tsx}', './components/**/*.{ts,tsx}'],
  theme: {
    colors: {
      transparent: 'transparent',
      current: 'currentColor',
      inherit: 'inherit',
      paper: 'var(--paper)',
      card: 'var(--card)',
      sunk: 'var(--sunk)',
      ink: { DEFAULT: 'var(--ink)', 2: 'var(--ink-2)', 3: 'var(--ink-3)' },
      line: { DEFAULT: 'var(--line)', 2: 'var(--line-2)', field: 'var(--line-field)' },
      brand: {
        DEFAULT: 'var(--brand)',
        ink: 'var(--brand-ink)',
        hover: 'var(--brand-hover)',
        bg: 'var(--brand-bg)',
      },
      scrim: 'var(--scrim)',
      ...statusColours,
    },
    fontSize: {
      xs: ['0.78125rem', '1.125rem'],
      sm: ['0.84375rem', '1.25rem'],
      base: ['0.9375rem', '1.4rem'],
      lg: ['1.0625rem', '1.5rem'],
      xl: ['1.25rem', '1.6rem'],
      '2xl': ['1.5rem', '1.85rem'],
      '3xl': ['1.875rem', '2.15rem'],
    },
    extend: {
      borderRadius: { card: '10px', control: '8px' },
      boxShadow: { card: 'var(--shadow-card)', float: 'var(--shadow-float)' },
      maxWidth: { page: '1384px', prose: '68ch' },
    },
  },
} satisfies Config;
