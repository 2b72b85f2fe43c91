import { DomainError } from '#libs/platform/kernel';

/**
 * What a failed exchange may have done at the tool server. `none`: it saw no byte of the request, or
 * it said that it rejected it. `unknown`: bytes may have left, so the tool may have run.
 */
export type UpstreamEffect = 'none' | 'unknown';

/** A tool server that did not give a usable answer; `effect` says what the ledger may claim of it. */
export class UpstreamError extends DomainError {
  override readonly code: 'upstream_failed' | 'upstream_timeout';
  readonly effect: UpstreamEffect;

  constructor(
    code: 'upstream_failed' | 'upstream_timeout',
    message: string,
    effect: UpstreamEffect,
    options: { cause?: unknown } = {},
  ) {
    super(code, message, options);
    this.code = code;
    this.effect = effect;
  }
}

/** Arguments that make no request, although they match the tool's schema; the message names the one at fault. */
export class ArgumentError extends DomainError {
  constructor(message: string) {
    super('invalid_input', message);
  }
}

/** The error for a tool server that did or said what makes it unusable, before anything was called. */
export const unusableServer = (what: string): UpstreamError =>
  new UpstreamError('upstream_failed', `The tool server ${what}.`, 'none');

/**
 * The same failure, seen from a call that had not been sent yet (it was the preparation that failed).
 * It is then never a timeout: `upstream_timeout` is kept for unknown outcomes.
 */
export const beforeSending = (error: unknown): unknown =>
  error instanceof UpstreamError && (error.effect !== 'none' || error.code !== 'upstream_failed')
    ? new UpstreamError('upstream_failed', error.message, 'none', { cause: error })
    : error;

/** A failed post, with the id by which the request can be cancelled. */
export class FailedPostError extends UpstreamError {
  readonly requestId: number | string;

  constructor(error: UpstreamError, requestId: number | string) {
    super(error.code, error.message, error.effect, { cause: error.cause });
    this.requestId = requestId;
  }
}
