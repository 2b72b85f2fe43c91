import { Injectable } from '@nestjs/common';
import { CommandRuntime, recordRejection, REJECTED_REQUEST } from '#libs/engine/commands';
import { Database } from '#libs/platform/db';
import { MachineAuthenticator } from '#libs/platform/http';
import { DomainError, SCIM_SCOPES, type ScimScope } from '#libs/platform/kernel';
import { RejectionCounter } from '#libs/engine/ledger';
import type { Request } from 'express';
import { z } from 'zod';
import type { ScimClient } from './scim-client.js';
import { scimTokenHash } from './scim-tokens.js';

const rowSchema = z.object({
  id: z.uuid(),
  connectionId: z.uuid(),
  connectionName: z.string(),
  scopes: z.array(z.string()),
  activatedAt: z.date().nullable(),
  expiresAt: z.date(),
  revokedAt: z.date().nullable(),
  lastUsedAt: z.date().nullable(),
});

/** The token with this hash, and whose it is: asked with every request, so in one statement. */
const findToken = async (
  db: Pick<Database, '$queryRaw'>,
  hash: Uint8Array,
): Promise<z.infer<typeof rowSchema> | null> => {
  const rows = await db.$queryRaw<unknown[]>`
    SELECT t.id, t.connection_id AS "connectionId", c.name AS "connectionName", t.scopes,
      t.activated_at AS "activatedAt", t.expires_at AS "expiresAt", t.revoked_at AS "revokedAt", t.last_used_at AS "lastUsedAt"
    FROM scim_token t JOIN scim_connection c ON c.id = t.connection_id WHERE t.token_hash = ${hash}`;
  return z.array(rowSchema).parse(rows)[0] ?? null;
};

const BEARER = /^Bearer ([A-Za-z0-9_-]{20,200})$/i;
const USE_NOTED_EVERY_MS = 60_000;
const SUBJECTS = { users: 'Person', groups: 'Group', agents: 'Agent' } as const;

const unauthenticated = () =>
  new DomainError(
    'unauthenticated',
    'The SCIM token is missing, unknown, expired, revoked or not confirmed. Make a new one in the console.',
  );

const isScope = (text: string): text is ScimScope => SCIM_SCOPES.some((scope) => scope === text);

/** Admits provisioning clients by their bearer token, found by its hash alone (invariant S1). */
@Injectable()
export class ScimAuthenticator extends MachineAuthenticator {
  constructor(
    private readonly db: Database,
    private readonly runtime: CommandRuntime,
    private readonly rejections: RejectionCounter,
  ) {
    super();
  }

  async admit(request: Request, scope: string | null): Promise<void> {
    const source = request.socket.remoteAddress ?? 'unknown';
    const client = await this.#clientOf(request.headers.authorization, source);
    if (client === null) {
      this.rejections.count('scim_token', source);
      throw unauthenticated();
    }
    if (scope !== null && !client.scopes.some((held) => held === scope))
      await this.#reject(client, scope);
    request.scimClient = client;
  }

  async #clientOf(header: string | undefined, source: string): Promise<ScimClient | null> {
    const token = BEARER.exec(header ?? '')?.[1];
    if (token === undefined) return null;
    const row = await findToken(this.db, scimTokenHash(token));
    const now = this.runtime.clock.now();
    if (row === null || row.activatedAt === null || row.revokedAt !== null || row.expiresAt <= now)
      return null;
    await this.#noteUse(row, source, now);
    return {
      kind: 'scim',
      id: row.connectionId,
      name: row.connectionName,
      tokenId: row.id,
      scopes: row.scopes.filter(isScope),
    };
  }

  // At most once a minute: a provisioning run is thousands of requests.
  async #noteUse(token: { id: string; lastUsedAt: Date | null }, source: string, now: Date) {
    const due = new Date(now.getTime() - USE_NOTED_EVERY_MS);
    if (token.lastUsedAt !== null && token.lastUsedAt > due) return;
    await this.db.scimToken.updateMany({
      where: { id: token.id, OR: [{ lastUsedAt: null }, { lastUsedAt: { lte: due } }] },
      data: { lastUsedAt: now, lastUsedFrom: source.slice(0, 64) },
    });
  }

  // Reading what one may not is rejected; trying to change it is also written down.
  async #reject(client: ScimClient, scope: string): Promise<never> {
    const error = new DomainError(
      'forbidden',
      `This token has not the scope ${scope}. Use one that has, or make it in the console.`,
    );
    const [area = '', right] = scope.split(':');
    if (right === 'write') {
      const subject = SUBJECTS[area as keyof typeof SUBJECTS];
      await recordRejection(this.runtime, {
        name: REJECTED_REQUEST,
        subject,
        subjectId: null,
        actor: client,
        error,
      });
    }
    throw error;
  }
}
