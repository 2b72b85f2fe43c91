import { readRules } from '../policies.loader.js';

/** When an access grant's version ends by itself: its one rule's own end, which its text holds. */
export const accessGrantEnd = (versionId: string, text: string): Date => {
  const [rule] = readRules(versionId, text);
  const expiresAtMs = rule?.conditions.expiresAtMs ?? null;
  if (expiresAtMs === null) {
    throw new Error(`the access grant ${versionId} has no end`);
  }
  return new Date(expiresAtMs);
};
