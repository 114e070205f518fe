import { afterEach, beforeEach, expect, it, vi } from 'vitest';
import { wordsOf } from '@/components/options/testing';
import { LotStatusPanel } from './lot-status-panel';
import { QueryProvider } from './query-provider';
import { StatusBadge } from './status-badge';
import { aLot } from './testing';

vi.mock('next/navigation', () => ({ useRouter: () => ({ refresh() {} }) }));

beforeEach(() => void vi.useFakeTimers());
afterEach(() => void vi.useRealTimers());

/** Koban's own date; in Paris 14:17, and it lets the option go at 14:30. */
const rank1EndsAt = new Date('2026-06-15T12:17:00Z');

it.each([
  ['before Koban’s date', '2026-06-15T09:12:00Z'],
  ['between Koban’s date and its half hour', '2026-06-15T12:20:00Z'],
])('names the half hour at which rank 1 ends, on the badge and in the panel, %s', (_, at) => {
  const now = new Date(at);
  vi.setSystemTime(now);
  const lot = aLot({ label: 'L502', statusCode: 'OPTION', optionRank: 1, rank1EndsAt, optionSeenAt: now });
  const age = { state: 'fresh', seenAt: now, why: null } as const;
  const badge = wordsOf(<StatusBadge status={lot} />);
  expect(badge).toMatch(/14:30/);
  const panel = wordsOf(
    <QueryProvider>
      <LotStatusPanel lot={lot} age={age} annex={null} />
    </QueryProvider>,
  );
  expect(panel).toMatch(/Une option de rang 1 est en cours jusqu’au lun\. 15 juin à 14:30/);
  expect(`${badge} ${panel}`).not.toContain('14:17');
});

it('names no end of rank 1 from its half hour on', () => {
  vi.setSystemTime(new Date('2026-06-15T12:30:00Z'));
  const lot = aLot({
    label: 'L502',
    statusCode: 'OPTION',
    optionRank: 1,
    rank1EndsAt,
    optionSeenAt: new Date(),
  });
  expect(wordsOf(<StatusBadge status={lot} />)).not.toMatch(/\d\d:\d\d/);
});

it('shows as under option a lot that a recent reading found so, though the list still calls it free', () => {
  const now = new Date('2026-06-15T09:12:00Z');
  vi.setSystemTime(now);
  const lot = aLot({ label: 'L502', statusCode: 'LIBRE', optionRank: 1, rank1EndsAt, optionSeenAt: now });
  expect(wordsOf(<StatusBadge status={lot} />)).toMatch(/Option · rang 1.*14:30/);
});

it('gives one of Koban’s statuses the label that the promoter wants', () => {
  const lot = aLot({ label: 'L502', statusCode: 'LIBRE', statusLabel: 'Disponible' });
  expect(wordsOf(<StatusBadge status={lot} />)).toBe('Disponible');
});
