import { existsSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { writePrivateFile } from '#libs/dev/local';
import type { SigningKeys, SigningKeyStore } from '../../sandbox/src/index.js';

/** Keeps the sandbox IdP's signing keys in the home, so that a restart does not void its tokens. */
export const keyStoreIn = (home: string): SigningKeyStore => {
  const path = join(home, 'sandbox-idp-keys.json');
  return {
    load: () =>
      Promise.resolve(
        existsSync(path) ? (JSON.parse(readFileSync(path, 'utf8')) as SigningKeys) : undefined,
      ),
    save: (keys) => Promise.resolve(writePrivateFile(path, JSON.stringify(keys))),
  };
};
