import { createCipheriv, createDecipheriv, hkdfSync, randomBytes } from 'node:crypto';
import { SecretUnreadableError } from './errors.js';

const VERSION = 'v1';
const IV_BYTES = 12;
const TAG_BYTES = 16;

/**
 * Encrypts the secrets in the database: AES-256-GCM under a key derived from the installation's
 * master key, bound to the place that the secret belongs to (`context`), so that a ciphertext moved to
 * another row opens nothing.
 */
export class SecretBox {
  readonly #key: Buffer;

  constructor(masterKey: string) {
    this.#key = Buffer.from(hkdfSync('sha256', masterKey, '', 'gatehouse secret box', 32));
  }

  /** Seals `secret` for `context`, for example `signing-key:<id>`. */
  seal(secret: string, context: string): string {
    const iv = randomBytes(IV_BYTES);
    const cipher = createCipheriv('aes-256-gcm', this.#key, iv).setAAD(Buffer.from(context));
    const sealed = Buffer.concat([iv, cipher.update(secret, 'utf8'), cipher.final()]);
    return `${VERSION}.${Buffer.concat([sealed, cipher.getAuthTag()]).toString('base64url')}`;
  }

  /** Opens what {@link seal} made for the same context. @throws SecretUnreadableError */
  open(sealed: string, context: string): string {
    const [version, text, ...rest] = sealed.split('.');
    const bytes = Buffer.from(text ?? '', 'base64url');
    if (version !== VERSION || rest.length > 0 || bytes.length < IV_BYTES + TAG_BYTES)
      throw new SecretUnreadableError('a sealed secret has an unknown form');
    try {
      const decipher = createDecipheriv('aes-256-gcm', this.#key, bytes.subarray(0, IV_BYTES));
      decipher.setAAD(Buffer.from(context)).setAuthTag(bytes.subarray(-TAG_BYTES));
      const body = bytes.subarray(IV_BYTES, -TAG_BYTES);
      return Buffer.concat([decipher.update(body), decipher.final()]).toString('utf8');
    } catch (error) {
      throw new SecretUnreadableError('a sealed secret does not open with this master key', {
        cause: error,
      });
    }
  }
}
