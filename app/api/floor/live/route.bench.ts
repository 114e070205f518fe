import { asPromoterId } from '@/lib/core/mint';
import { changeLot } from '@/lib/live/testing';

/** A lot changed in this very process, as the mirror would. @returns the version, and when it was committed (ms) */
export async function POST(request: Request): Promise<Response> {
  const { promoter, extcode, priceCents } = await request.json();
  const version = await changeLot(asPromoterId(promoter), extcode, { priceCents });
  return Response.json({ version, at: Date.now() });
}

/** What this process holds once its garbage is gone, in bytes. */
export function GET(): Response {
  globalThis.gc?.();
  return Response.json(process.memoryUsage());
}
