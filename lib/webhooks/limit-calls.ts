import type { PromoterId } from '@/lib/core/scope';

/** A thousand options may end on one half hour, and Koban is not known to try again: a burst passes, a flood does not. */
const BURST = 2_000;
const PER_SECOND = 50;

type Bucket = { left: number; at: number };

const slot = globalThis as typeof globalThis & { parvisBuckets?: Map<PromoterId, Bucket> };
slot.parvisBuckets ??= new Map();
const buckets = slot.parvisBuckets;

/** Whether one more call of this promoter's Koban may be taken now. Each promoter has its own measure, in each process. */
export function takeCall(promoter: PromoterId, nowMs = performance.now()): boolean {
  const bucket = buckets.get(promoter) ?? { left: BURST, at: nowMs };
  bucket.left = Math.min(BURST, bucket.left + ((nowMs - bucket.at) / 1000) * PER_SECOND);
  bucket.at = nowMs;
  buckets.set(promoter, bucket);
  if (bucket.left < 1) return false;
  bucket.left -= 1;
  return true;
}
