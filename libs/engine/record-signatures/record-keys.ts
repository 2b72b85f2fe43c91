import {
  createPrivateKey,
  createPublicKey,
  hash,
  hkdfSync,
  sign,
  verify,
  type KeyObject,
} from 'node:crypto';

// PKCS #8 of an Ed25519 key but for its 32 bytes (RFC 8410).
const PKCS8_PREFIX = Buffer.from('302e020100300506032b657004220420', 'hex');
const PURPOSE = 'gatehouse record signatures';

const importPublicKey = (x: string): KeyObject =>
  createPublicKey({ key: { kty: 'OKP', crv: 'Ed25519', x }, format: 'jwk' });

// Which of several keys made a signature; the signature alone decides.
const keyIdOf = (publicKey: string): string => hash('sha256', publicKey, 'base64url').slice(0, 8);

/**
 * Signs what was decided. Only processes with `MASTER_KEY`, from which the key is derived, have one. `others`
 * are keys whose signatures count as well, while one takes the place of another.
 */
export class RecordSigner {
  /** For `RECORD_VERIFICATION_KEYS`. */
  readonly publicKey: string;
  /** Its own, and the others. */
  readonly keys: VerificationKeys;
  readonly #privateKey: KeyObject;
  readonly #keyId: string;

  constructor(masterKey: string, others: readonly string[] = []) {
    const seed = Buffer.from(hkdfSync('sha256', masterKey, '', PURPOSE, 32));
    const key = Buffer.concat([PKCS8_PREFIX, seed]);
    this.#privateKey = createPrivateKey({ key, format: 'der', type: 'pkcs8' });
    this.publicKey = createPublicKey(this.#privateKey).export({ format: 'jwk' }).x ?? '';
    this.#keyId = keyIdOf(this.publicKey);
    this.keys = new VerificationKeys([this.publicKey, ...others]);
  }

  /** Whether its own key made a signature. */
  isOwn(signature: string): boolean {
    return signature.startsWith(`${this.#keyId}.`);
  }

  sign(text: string): string {
    const signature = sign(null, Buffer.from(text), this.#privateKey).toString('base64url');
    return `${this.#keyId}.${signature}`;
  }
}

/** Verifies what {@link RecordSigner} signed, by any of several public keys. */
export class VerificationKeys {
  readonly #keys: ReadonlyMap<string, KeyObject>;

  constructor(publicKeys: readonly string[]) {
    this.#keys = new Map(publicKeys.map((key) => [keyIdOf(key), importPublicKey(key)]));
  }

  /** On another thread: many at once must not hold up calls. */
  verify(text: string, signature: string): Promise<boolean> {
    const [keyId = '', bytes = ''] = signature.split('.');
    const key = this.#keys.get(keyId);
    if (key === undefined) return Promise.resolve(false);
    return new Promise((resolve) => {
      verify(null, Buffer.from(text), key, Buffer.from(bytes, 'base64url'), (error, isValid) =>
        resolve(error === null && isValid),
      );
    });
  }
}
