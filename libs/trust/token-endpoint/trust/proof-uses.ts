import { DomainError } from '#libs/platform/kernel';
import pg from 'pg';
import type { DpopProof } from '#libs/trust/token-verification';
import { digestOfId } from './used-token-ids.js';

const TIMEOUT_MS = 3_000;
const MAX_BATCH = 500;

// As long as a proof is accepted by any process, whatever their clocks, and longer.
const INSERT = `
  INSERT INTO used_token_id (purpose, issuer, token_id, expires_at)
  SELECT 'dpop', issuer, token_id, now() + interval '2 minutes'
  FROM unnest($1::text[], $2::text[]) AS used (issuer, token_id)
  ON CONFLICT DO NOTHING RETURNING issuer, token_id`;

interface Waiting {
  readonly issuer: string;
  readonly tokenId: string;
  resolve(isFirst: boolean): void;
  reject(error: unknown): void;
}

/**
 * Records proofs of possession as used, for all processes (invariant I13): for gateways, with one statement
 * at a time for all that gather until then. Where the database cannot be asked, no proof is accepted.
 */
export class ProofUses {
  readonly #pool: pg.Pool;
  #waiting: Waiting[] = [];
  #isWriting = false;

  constructor(databaseUrl: string) {
    this.#pool = new pg.Pool({
      connectionString: databaseUrl,
      application_name: 'gatehouse proofs',
      max: 1,
      connectionTimeoutMillis: TIMEOUT_MS,
      query_timeout: TIMEOUT_MS,
      statement_timeout: TIMEOUT_MS,
      // Nothing waits for the disk here: whatever a call does follows its intent, whose commit is later in
      // the log and durable, and so is all that comes before it.
      options: '-c synchronous_commit=off',
    });
    // A connection that breaks while nobody uses it is replaced at the next use.
    this.#pool.on('error', () => undefined);
  }

  /** Whether this is the proof's first use on any process; from then on it is none. */
  isFirstUse({ thumbprint, tokenId }: DpopProof): Promise<boolean> {
    return new Promise((resolve, reject) => {
      this.#waiting.push({ issuer: thumbprint, tokenId: digestOfId(tokenId), resolve, reject });
      if (!this.#isWriting) void this.#writeAll();
    });
  }

  /** Ends its connection. */
  stop(): Promise<void> {
    return this.#pool.end();
  }

  async #writeAll(): Promise<void> {
    this.#isWriting = true;
    while (this.#waiting.length > 0) await this.#write(this.#waiting.splice(0, MAX_BATCH));
    this.#isWriting = false;
  }

  async #write(batch: readonly Waiting[]): Promise<void> {
    try {
      const recorded = await this.#insert(batch);
      // Of two alike in one batch the first alone is the first.
      for (const waiting of batch) waiting.resolve(recorded.delete(keyOf(waiting)));
    } catch (error) {
      const failure = new DomainError(
        'unavailable',
        'The proof of possession could not be recorded as used. Try again with a new one.',
        { cause: error },
      );
      for (const waiting of batch) waiting.reject(failure);
    }
  }

  async #insert(batch: readonly Waiting[]): Promise<Set<string>> {
    // In one order on every process, so that two batches never wait for each other.
    const ordered = batch.toSorted((a, b) => (keyOf(a) < keyOf(b) ? -1 : 1));
    const { rows } = await this.#pool.query<{ issuer: string; token_id: string }>({
      name: 'use-proofs',
      text: INSERT,
      values: [ordered.map(({ issuer }) => issuer), ordered.map(({ tokenId }) => tokenId)],
    });
    return new Set(rows.map((row) => keyOf({ issuer: row.issuer, tokenId: row.token_id })));
  }
}

const keyOf = ({ issuer, tokenId }: Pick<Waiting, 'issuer' | 'tokenId'>): string =>
  `${issuer} ${tokenId}`;
