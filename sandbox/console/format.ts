import type { Account } from '../core/account';
import { halfHourNotBefore } from '../core/clock';
import type { Lot, Option } from '../core/model';
import { textOf } from '../core/reading';

const money = new Intl.NumberFormat('fr-FR', {
  style: 'currency',
  currency: 'EUR',
  maximumFractionDigits: 0,
});
const moment = new Intl.DateTimeFormat('fr-FR', {
  timeZone: 'Europe/Paris',
  weekday: 'short',
  day: 'numeric',
  month: 'short',
  hour: '2-digit',
  minute: '2-digit',
});

export function price(cents: number | null): string {
  return cents === null ? '—' : money.format(cents / 100);
}

export function when(instant: number): string {
  return moment.format(instant);
}

export function optionEnd(option: Option): string {
  return when(halfHourNotBefore(option.prolongedTo ?? option.expiresAt));
}

export function statusLabel(account: Account, lot: Lot): string {
  if (lot.withdrawn) return 'Retiré';
  if (lot.result === 'WON') return 'Acté';
  const steps = account.programmes.get(lot.programme)?.steps;
  const label = steps?.find((step) => step.Extcode === lot.status)?.Label ?? lot.status;
  return lot.options.length > 0
    ? `${label} · ${lot.options.length === 1 ? 'rang 1' : 'rangs 1 et 2'}`
    : label;
}

export function thirdName(account: Account, guid: string): string {
  const wire = account.thirds.get(guid)?.wire ?? {};
  return (
    [textOf(wire.FirstName), textOf(wire.Label)].filter((part) => part !== null).join(' ') || 'Compte inconnu'
  );
}

export function lotSummary(lot: Lot): string {
  const { sheet } = lot;
  if (!sheet) return '';
  if (sheet.kind !== 'logement') return sheet.typology;
  const floor = sheet.floor === 0 ? 'RDC' : `étage ${sheet.floor}`;
  return `${sheet.typology} · ${floor} · ${String(sheet.surface).replace('.', ',')} m²`;
}
