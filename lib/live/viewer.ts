import { vectorText } from '@/lib/core/live-events';
import type { PromoterId } from '@/lib/core/scope';
import type { Rights } from './rights';

/** Where a stream's frames go. */
export type Sink = {
  write(frame: Buffer): void;
  /** Ends the stream once all that was written has left. */
  end(): void;
};

/** One open stream, and whose it is. */
export type Viewer = {
  readonly account: string;
  /** The session that opened it, read again when something of the account changes. */
  readonly cookie: string;
  /** When that cookie is over, in ms: the browser then comes again with the one it has been given since. */
  readonly expiresAt: number;
  readonly sink: Sink;
  rights: Rights;
  /** Up to which version each promoter's stock has been told. */
  readonly told: Map<PromoterId, { slug: string; version: number }>;
};

/** Where this stream's browser resumes from. */
export const resumeId = ({ told }: Viewer): string =>
  vectorText([...told.values()].map(({ slug, version }) => [slug, version] as const));
