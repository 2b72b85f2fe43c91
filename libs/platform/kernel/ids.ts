import { randomUUIDv7 } from 'node:crypto';

/** A new identifier: a version 7 UUID (RFC 9562), so ids sort by the time they were made. */
export const newId = (): string => randomUUIDv7();
