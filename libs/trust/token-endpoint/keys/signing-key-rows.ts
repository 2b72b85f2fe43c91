import { exportJWK, generateKeyPair } from 'jose';
import type { CommandContext } from '#libs/engine/commands';
import { ADVISORY_LOCKS, type SigningKeyModel, type Tx } from '#libs/platform/db';
import { newId } from '#libs/platform/kernel';
import type { SecretBox } from '#libs/platform/secrets';
import { timesFrom } from './key-times.js';

/** What our own tokens are signed with. */
export const SIGNING_ALGORITHM = 'ES256';

/** A signing key as it is stored. */
export type SigningKeyRow = SigningKeyModel;

/** All keys, oldest first, held: two changes of the keys follow each other. */
export const lockKeys = async (tx: Tx): Promise<SigningKeyRow[]> => {
  await tx.$executeRaw`SELECT pg_advisory_xact_lock(${ADVISORY_LOCKS.signingKeys})`;
  return readKeys(tx);
};

/** All keys, oldest first. */
export const readKeys = (tx: Pick<Tx, 'signingKey'>): Promise<SigningKeyRow[]> =>
  tx.signingKey.findMany({ orderBy: [{ signsFrom: 'asc' }, { id: 'asc' }] });

/** Where a key's private half is sealed to. */
export const sealContext = (id: string): string => `signing-key:${id}`;

/** What a change of the keys needs; they are held ({@link lockKeys}). */
type KeyContext = Pick<CommandContext, 'tx' | 'now' | 'signs' | 'signsNew'>;

/** Makes a key that signs from then on. */
export const createKey = async (
  { tx, now, signsNew }: KeyContext,
  secrets: SecretBox,
  signsFrom: Date,
): Promise<SigningKeyRow> => {
  const id = newId();
  signsNew('signing_key', [id]);
  const pair = await generateKeyPair(SIGNING_ALGORITHM, { extractable: true });
  const { kty, crv, x, y } = await exportJWK(pair.publicKey);
  const privateKey = JSON.stringify(await exportJWK(pair.privateKey));
  return tx.signingKey.create({
    data: {
      id,
      algorithm: SIGNING_ALGORITHM,
      publicKey: { kty, crv, x, y, kid: id, alg: SIGNING_ALGORITHM, use: 'sig' },
      sealedPrivateKey: secrets.seal(privateKey, sealContext(id)),
      createdAt: now,
      ...timesFrom(signsFrom),
    },
  });
};

/** Withdraws keys: from the commit on their tokens are rejected. */
export const deleteKeys = async (
  { tx, signs }: KeyContext,
  keys: readonly { id: string }[],
): Promise<void> => {
  const ids = keys.map(({ id }) => id);
  await signs('signing_key', ids);
  await tx.signingKey.deleteMany({ where: { id: { in: ids } } });
};
