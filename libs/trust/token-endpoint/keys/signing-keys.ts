import { Injectable } from '@nestjs/common';
import { importJWK, type CryptoKey, type JWK } from 'jose';
import { CommandRuntime } from '#libs/engine/commands';
import { verifiedRecords } from '#libs/engine/record-signatures';
import { Database, type Tx } from '#libs/platform/db';
import { DomainError, systemActor, type JsonObject } from '#libs/platform/kernel';
import { SecretBox } from '#libs/platform/secrets';
import { MaintainSigningKeys } from '../commands/maintain-signing-keys.js';
import { signingKeyOf } from './key-times.js';
import { readKeys, sealContext, SIGNING_ALGORITHM } from './signing-key-rows.js';

const ACTOR = systemActor('token-endpoint');

/** The key that signs now, opened. */
export interface OpenKey {
  kid: string;
  key: CryptoKey;
}

/** Our own signing keys, as the database has them now. */
@Injectable()
export class SigningKeys {
  #opened: OpenKey | undefined;

  constructor(
    private readonly db: Database,
    private readonly secrets: SecretBox,
    private readonly maintainSigningKeys: MaintainSigningKeys,
    private readonly runtime: CommandRuntime,
  ) {}

  /** Sees to it that there is a key to sign with; the worker is there before us but for the very first. */
  async ensure(now: Date): Promise<void> {
    if (signingKeyOf(await readKeys(this.db), now) !== undefined) return;
    await this.maintainSigningKeys.execute(ACTOR, {});
  }

  /** The key that signs now, read in the caller's transaction: one withdrawn before it signs nothing. */
  async current(tx: Tx, now: Date): Promise<OpenKey> {
    const row = signingKeyOf(await readKeys(tx), now);
    if (row === undefined)
      throw new DomainError('unavailable', 'There is no signing key just now. Try again.');
    if (this.#opened?.kid === row.id) return this.#opened;
    const jwk = JSON.parse(this.secrets.open(row.sealedPrivateKey, sealContext(row.id))) as JWK;
    const key = (await importJWK(jwk, SIGNING_ALGORITHM)) as CryptoKey;
    this.#opened = { kid: row.id, key };
    return this.#opened;
  }

  /** The public keys whose tokens are valid now. */
  async published(now: Date): Promise<JsonObject[]> {
    const all = await readKeys(this.db);
    const rows = await verifiedRecords(this.db, this.runtime.signer.keys, 'signing_key', all);
    return rows
      .filter(({ publishedUntil }) => publishedUntil > now)
      .map(({ publicKey }) => publicKey as JsonObject);
  }
}
