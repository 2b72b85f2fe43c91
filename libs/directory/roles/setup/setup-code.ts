import { createHash, randomBytes, timingSafeEqual } from 'node:crypto';

// Letters and digits that are not mistaken for each other: 32 of them, 5 bits each.
const ALPHABET = 'ABCDEFGHJKLMNPQRSTUVWXYZ23456789';
const LENGTH = 32;
const GROUP = 4;

/** A new one-time setup code: 160 random bits in groups that a person can read out. */
export const newSetupCode = (): string => {
  const letters = [...randomBytes(LENGTH)].map((byte) => ALPHABET[byte % ALPHABET.length] ?? '');
  return letters.join('').replaceAll(new RegExp(`.{${GROUP}}(?=.)`, 'g'), '$&-');
};

/** What is kept of a code. It is as long as a key, so a plain hash does. */
export const setupCodeHash = (code: string): Buffer<ArrayBuffer> => {
  const letters = code.toUpperCase().replaceAll(/[\s-]/g, '');
  return createHash('sha256').update(`gatehouse/setup-code/${letters}`).digest();
};

/** Whether what somebody typed is the code; case, spaces and hyphens do not matter. */
export const isSetupCode = (typed: string, hash: Uint8Array): boolean =>
  timingSafeEqual(setupCodeHash(typed), hash);
