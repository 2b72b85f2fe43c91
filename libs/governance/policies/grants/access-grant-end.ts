import { readRules } from '../policies.loader.js';
import type { PublishedText } from '../policy-texts.js';

/** When an access grant's version ends by itself: its one rule's own end, which its text holds. */
export const accessGrantEnd = async (versionId: string, version: PublishedText): Promise<Date> => {
  const [rule] = (await readRules(versionId, version)) ?? [];
  const expiresAtMs = rule?.conditions.expiresAtMs ?? null;
  if (expiresAtMs === null) {
    throw new Error(`the access grant ${versionId} has no end`);
  }
  return new Date(expiresAtMs);
};
