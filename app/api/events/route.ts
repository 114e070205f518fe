/** Asked only while the process starts: from then on `lib/live/serve-streams` answers here, before Next is asked. */
export const GET = (): Response =>
  Response.json(
    { error: 'starting' },
    { status: 503, headers: { 'cache-control': 'no-store', 'retry-after': '1' } },
  );
