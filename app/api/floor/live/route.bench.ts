import { asPromoterId } from '@/lib/core/mint';
import { changeLot } from '@/lib/live/testing';

/** A lot changed in this very process, as the mirror would. @returns the version, and when it was committed (ms) */
export async function POST(request: Request): Promise<Response> {
  const { promoter, extcode, priceCents } = await request.json();
  const version = await changeLot(asPromoterId(promoter), extcode, { priceCents });
  return Response.json({ version, at: Date.now() });
}

/** What this process holds, in bytes: as it stands (`held`), then once its garbage is gone and V8 has given back what it kept free. */
export function GET(): Response {
  const held = process.memoryUsage.rss();
  globalThis.gc?.({ type: 'major', execution: 'sync', flavor: 'last-resort' });
  return Response.json({ ...process.memoryUsage(), held });
}
