import { exportJWK, generateKeyPair, type JWK } from 'jose';
import { randomUUID } from 'node:crypto';

/** A private JSON Web Key Set (RFC 7517): its first key signs, all are published. */
export interface SigningKeys {
  keys: JWK[];
}

/** Where the caller keeps the signing keys between starts. */
export interface SigningKeyStore {
  /** Answers undefined when none were saved. */
  load(): Promise<SigningKeys | undefined>;
  save(keys: SigningKeys): Promise<void>;
}

const PUBLISHED_KEYS = 2;

/** The saved keys, or new ones, saved. */
export async function loadOrCreateKeys(store: SigningKeyStore): Promise<SigningKeys> {
  const saved = await store.load();
  if (saved !== undefined && saved.keys.length > 0) return saved;
  const created = { keys: [await newKey()] };
  await store.save(created);
  return created;
}

/** A new key signs from now on; the one before it is still published, so that its tokens verify. */
export async function withNewKey(current: SigningKeys): Promise<SigningKeys> {
  return { keys: [await newKey(), ...current.keys].slice(0, PUBLISHED_KEYS) };
}

async function newKey(): Promise<JWK> {
  const { privateKey } = await generateKeyPair('ES256', { extractable: true });
  return { ...(await exportJWK(privateKey)), kid: randomUUID(), alg: 'ES256', use: 'sig' };
}
