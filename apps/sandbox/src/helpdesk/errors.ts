/** A request that cannot be served; becomes a problem answer (RFC 9457). */
export class HelpdeskError extends Error {
  constructor(
    readonly status: 400 | 404 | 405 | 413,
    readonly detail: string,
  ) {
    super(detail);
  }
}
