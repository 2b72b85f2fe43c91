import { join } from 'node:path';
import { z } from 'zod';
import { readHint, writePrivateFile } from '#libs/dev/local';
import type { SigningKeyStore } from '../../sandbox/src/index.js';

const coordinate = z.string().regex(/^[\w-]{43}$/);
const keysSchema = z.object({
  keys: z
    .array(
      z.looseObject({
        kty: z.literal('EC'),
        crv: z.literal('P-256'),
        x: coordinate,
        y: coordinate,
        d: coordinate,
      }),
    )
    .min(1),
});

/** Keeps the sandbox IdP's signing keys in the home, so that a restart does not void its tokens. */
export const keyStoreIn = (home: string): SigningKeyStore => {
  const path = join(home, 'sandbox-idp-keys.json');
  return {
    load: () => Promise.resolve(readHint(path, keysSchema) ?? undefined),
    save: (keys) => Promise.resolve(writePrivateFile(path, JSON.stringify(keys))),
  };
};
