/** Where the process's one `Outbound` is injected. */
export const OUTBOUND = Symbol('Outbound');
