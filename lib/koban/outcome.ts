/** Why nothing was sent: the act certainly did not happen. */
export type UnreachableReason =
  | 'dns'
  | 'refused'
  | 'connect-timeout'
  | 'tls'
  | 'breaker-open'
  | 'busy'
  | 'not-connected';

/** Why an answer to a read says nothing. */
export type MalformedReason = 'empty' | 'not-json' | 'too-deep' | 'shape' | 'mismatch';

/** Why it is not known what became of a request that was sent. */
export type UnknownReason =
  | 'timeout'
  | 'connection-lost'
  | 'cut'
  | 'too-large'
  | 'redirected'
  | 'unauthorised'
  | 'rate-limited'
  | 'server-error'
  | 'unexpected-status'
  | 'malformed';

/** Koban answered, whole and as documented. `at`: when its answer was read. */
export type Done<T> = { kind: 'done'; value: T; at: Date };

/**
 * Koban answered `success: false`. `code` names the business case; an error code that Koban does not document is
 * `other` with `unlisted`: read the state back and tell the promoter. `message` is Koban's own text and may name people.
 */
export type Refused<C extends string = string> = {
  kind: 'refused';
  code: C | 'other';
  rawCode: string | null;
  message: string | null;
  unlisted: boolean;
  at: Date;
};

/** Nothing was sent; the same call may be made again. */
export type Unreachable = { kind: 'unreachable'; reason: UnreachableReason };

/** A read came back, but not as anything that may be relied on. `detail` names properties, never values. */
export type Malformed = { kind: 'malformed'; reason: MalformedReason; detail: string | null; status: number };

/** Something was sent and no valid answer came: the act may have happened, now or a little later. Never repeat it blindly. */
export type Unknown = {
  kind: 'unknown';
  reason: UnknownReason;
  detail: string | null;
  status: number | null;
};

/** What became of a call to Koban: five answers, never merged. */
export type Outcome<T, C extends string = string> = Done<T> | Refused<C> | Unreachable | Malformed | Unknown;

/** A read is never refused. `unknown` means here only that Koban did not answer. */
export type ReadOutcome<T> = Done<T> | Unreachable | Malformed | Unknown;

/** A malformed answer to a write is `unknown`: it may have taken effect. */
export type WriteOutcome<T, C extends string = string> = Done<T> | Refused<C> | Unreachable | Unknown;
