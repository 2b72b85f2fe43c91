import { randomUUIDv7 } from 'node:crypto';

const UUID = /^[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}$/;

/** A new identifier: a version 7 UUID (RFC 9562), so ids sort by the time they were made. */
export const newId = (): string => randomUUIDv7();

/** The smallest id that {@link newId} makes at this time: what was made since then is a range of ids. */
export const firstIdAt = (timeMs: number): string => {
  const hex = Math.max(0, timeMs).toString(16).padStart(12, '0').slice(-12);
  return `${hex.slice(0, 8)}-${hex.slice(8)}-7000-8000-000000000000`;
};

/** True for a UUID in the form in which we write it, of any version: 36 characters, lower case. */
export const isUuid = (text: string): boolean => UUID.test(text);
