import { env } from '@/lib/core/env';
import { createKobanClient } from '@/lib/koban/client';
import { type Survey, surveyKoban } from '@/lib/koban/survey';
import type { LotsSurvey } from '@/lib/koban/survey-lots';

// Asks a live Koban only what changes nothing, and prints what answered, what does not match docs/koban.md and which
// assumptions hold. Exit code 1 when Koban cannot be reached, or refuses the keys.

const { KOBAN_URL, KOBAN_API_KEY, KOBAN_USER_KEY } = env();
if (!KOBAN_URL || !KOBAN_API_KEY || !KOBAN_USER_KEY) {
  console.error(
    'koban:check needs KOBAN_URL (up to and including /api/v1), KOBAN_API_KEY and KOBAN_USER_KEY.',
  );
  process.exit(1);
}
const client = createKobanClient({ baseUrl: KOBAN_URL, apiKey: KOBAN_API_KEY, userKey: KOBAN_USER_KEY });
const survey = await surveyKoban(client);
console.log(report(new URL(KOBAN_URL).host, survey).join('\n'));
process.exit(survey.stopped === null ? 0 : 1);

function report(host: string, { stopped, calls, lots, assumptions, clockSkewMs }: Survey): string[] {
  const lines = [`Koban at ${host}, read-only`, ''];
  for (const { method, asked, ms, answered, remarks } of calls) {
    lines.push(`  ${method}: ${asked}: ${answered}, ${ms} ms`, ...remarks.map((remark) => `      ${remark}`));
  }
  if (stopped === 'unreachable')
    return [...lines, '', 'Koban cannot be reached at this address: nothing else was asked.'];
  if (stopped === 'unauthorised') return [...lines, '', 'Koban refuses these keys: nothing else was asked.'];
  if (lots) lines.push('', ...lotLines(lots));
  lines.push('', 'Assumptions (lib/koban/assumptions.ts)');
  for (const verdict of ['denied', 'confirmed', 'not tested'] as const) {
    for (const { name, why } of assumptions.filter((each) => each.verdict === verdict)) {
      lines.push(`  ${verdict.padEnd(10)}  ${name}: ${why}`);
    }
  }
  const skew =
    clockSkewMs === null ? 'unknown (no Date header)' : `${(clockSkewMs / 1000).toFixed(1)} s from ours`;
  return [...lines, '', `Koban's clock: ${skew}`];
}

function lotLines(lots: LotsSurvey): string[] {
  const listed = (counts: Map<string, number>) =>
    [...counts]
      .sort(([, one], [, other]) => other - one)
      .map(([name, count]) => `${name} ${count}`)
      .join(', ') || 'none';
  return [
    `Lots looked at: ${lots.lots}`,
    `  statuses: ${listed(lots.statuses)}`,
    `  statuses that Koban does not document: ${lots.undocumentedStatuses.join(', ') || 'none'}`,
    `  spelling of Status: ${listed(lots.statusShapes)}`,
    `  types: ${listed(lots.types)}`,
    `  tags: ${listed(lots.tags)}`,
    `  absent or null: ${listed(lots.missing)}`,
    `  numeric Extcodes: ${lots.numericExtcodes}`,
    `  properties that WIRE does not name: ${listed(lots.unknownProperties)}`,
    `  dates: ${listed(lots.dateShapes)}`,
    '  MoreFields, to be mapped in the settings (values that several lots share, numbers and dates only):',
    ...[...lots.fields].map(
      ([id, field]) =>
        `      ${id}: ${field.lots} lots; ${field.examples.join(' | ') || 'no example that may be shown'}`,
    ),
  ];
}
