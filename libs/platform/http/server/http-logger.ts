/** Where the HTTP plumbing's logger is injected (`Logger` of `#libs/platform/telemetry`). */
export const HTTP_LOGGER = Symbol('HttpLogger');
