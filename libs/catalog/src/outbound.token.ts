/** Under this token the composition root provides the one `Outbound` of #libs/upstream. */
export const OUTBOUND = Symbol('Outbound');
