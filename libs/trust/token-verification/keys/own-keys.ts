import { createLocalJWKSet, type JWK } from 'jose';
import { TokenError } from '../errors.js';
import type { FindKey } from '../verify-signature.js';
import { validateKeys } from './validate-keys.js';

const sets = new WeakMap<readonly JWK[], FindKey>();

/** Looks keys up among our own. The list comes with the snapshot and never changes, so it is read once. */
export const ownKeySet = (keys: readonly JWK[]): FindKey => {
  const known = sets.get(keys);
  if (known !== undefined) return known;
  const set = createLocalJWKSet({ keys: validateKeys(keys) });
  const find: FindKey = async (header) => {
    try {
      return await set(header);
    } catch (error) {
      throw new TokenError('unknown_key', { cause: error });
    }
  };
  sets.set(keys, find);
  return find;
};
