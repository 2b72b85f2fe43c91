import { Inject, Injectable } from '@nestjs/common';
import { CONFIG, type Config } from '#libs/platform/config';
import { CommandRuntime } from '#libs/engine/commands';
import { verifiedRecords } from '#libs/engine/record-signatures';
import { readEpochSections, transaction, type Tx } from '#libs/platform/db';
import { trustedIssuer, type TrustedIssuers } from '#libs/trust/token-verification';
import type { JWK } from 'jose';
import { readKeys } from '../keys/signing-key-rows.js';

/** The trusted issuers and our keys, as the database has them now: the API holds no snapshot. */
@Injectable()
export class TrustReader {
  #known: { registry: bigint; trusted: TrustedIssuers } | undefined;

  constructor(
    private readonly runtime: CommandRuntime,
    @Inject(CONFIG) private readonly config: Pick<Config, 'publicUrl' | 'gateway'>,
  ) {}

  /** Reads issuers and keys anew only when something of that kind has changed. */
  read(): Promise<TrustedIssuers> {
    return transaction(
      this.runtime.db,
      async (tx) => {
        const { registry } = await readEpochSections(tx);
        if (this.#known?.registry !== registry)
          this.#known = { registry, trusted: await this.#load(tx, registry) };
        return this.#known.trusted;
      },
      { isolation: 'RepeatableRead' },
    );
  }

  async #load(tx: Tx, epoch: bigint): Promise<TrustedIssuers> {
    const { keys: signedBy } = this.runtime.signer;
    const all = await tx.issuer.findMany({ where: { retiredAt: null } });
    const rows = await verifiedRecords(tx, signedBy, 'issuer', all);
    const keys = await verifiedRecords(tx, signedBy, 'signing_key', await readKeys(tx));
    const { publicUrl, gateway } = this.config;
    return {
      epoch,
      issuers: new Map(
        // Nobody else signs in our name.
        rows.filter(({ url }) => url !== publicUrl).map((row) => [row.url, trustedIssuer(row)]),
      ),
      own: {
        url: publicUrl,
        audiences: [gateway.audience],
        keys: keys.map(({ publicKey }) => publicKey as JWK),
      },
    };
  }
}
