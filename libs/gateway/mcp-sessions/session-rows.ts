import { Prisma, type Database } from '#libs/platform/db';
import { isObject, type JsonObject } from '#libs/platform/kernel';
import type { DeclaredClient, SessionOwner } from './mcp-session.js';

/** The channel on which the digests of ended sessions are announced. */
export const SESSION_ENDED_CHANNEL = 'gatehouse_mcp_session';

/** The channel on which a session's newest stream is announced: the digest and the stream's id. */
export const STREAM_OPENED_CHANNEL = 'gatehouse_mcp_stream';

/** A session as it is kept. */
export interface SessionRow extends SessionOwner {
  readonly digest: string;
  readonly client: DeclaredClient;
  lastUsedAt: Date;
}

/** The table of sessions. */
export class SessionRows {
  constructor(private readonly db: Database) {}

  async insert({ digest, client, lastUsedAt, ...owner }: SessionRow): Promise<void> {
    const { protocolVersion, info, capabilities } = client;
    await this.db.mcpSession.create({
      data: {
        ...owner,
        digest,
        protocolVersion,
        client: { info, capabilities },
        createdAt: lastUsedAt,
        lastUsedAt,
      },
    });
  }

  async find(digest: string): Promise<SessionRow | null> {
    const row = await this.db.mcpSession.findUnique({ where: { digest } });
    if (row === null) return null;
    const { agentId, personId, bindingId, server, protocolVersion, lastUsedAt } = row;
    const client = { protocolVersion, ...declared(row.client) };
    return { digest, agentId, personId, bindingId, server, client, lastUsedAt };
  }

  /** Says that sessions are in use. @returns the digests of those that are still there */
  async touch(digests: readonly string[], now: Date): Promise<ReadonlySet<string>> {
    const rows = await this.db.mcpSession.updateManyAndReturn({
      where: { digest: { in: [...digests] } },
      data: { lastUsedAt: now },
      select: { digest: true },
    });
    return new Set(rows.map(({ digest }) => digest));
  }

  /** Tells the other gateways that a session has a new stream here. */
  async announceStream(digest: string, streamId: string): Promise<void> {
    await this.db.$queryRaw`
      SELECT count(pg_notify(${STREAM_OPENED_CHANNEL}, ${`${digest} ${streamId}`}))`;
  }

  async end(digest: string): Promise<void> {
    await this.#end(Prisma.sql`digest = ${digest}`);
  }

  /** Ends what nobody has used since. */
  async endIdle(since: Date): Promise<void> {
    await this.#end(Prisma.sql`last_used_at < ${since}`);
  }

  /** Ends all but the `kept` last used ones of an agent, or of a person for whom it acts. */
  async endBeyond(kept: number, { agentId, personId }: SessionOwner): Promise<void> {
    await this.#end(Prisma.sql`digest IN (
      SELECT digest FROM mcp_session
      WHERE agent_id = ${agentId}::uuid AND person_id IS NOT DISTINCT FROM ${personId}::uuid
      ORDER BY last_used_at DESC OFFSET ${kept})`);
  }

  // Every gateway hears of it and drops what it remembers.
  async #end(which: Prisma.Sql): Promise<void> {
    await this.db.$queryRaw`
      WITH ended AS (DELETE FROM mcp_session WHERE ${which} RETURNING digest)
      SELECT count(pg_notify(${SESSION_ENDED_CHANNEL}, digest)) FROM ended`;
  }

  /** The sealed session at a tool server that belongs to a session. */
  async upstream(digest: string, serverId: string): Promise<string | null> {
    const where = { digest_serverId: { digest, serverId } };
    const row = await this.db.mcpUpstreamSession.findUnique({ where });
    return row?.sealed ?? null;
  }

  /**
   * Keeps one where there is none yet, or only `instead`, which was lost.
   * @returns the one that is kept: another process may have been first
   */
  async keepUpstream(
    digest: string,
    serverId: string,
    sealed: string,
    instead: string | null,
  ): Promise<string | null> {
    await (instead === null
      ? this.db.mcpUpstreamSession.createMany({
          data: [{ digest, serverId, sealed }],
          skipDuplicates: true,
        })
      : this.db.mcpUpstreamSession.updateMany({
          where: { digest, serverId, sealed: instead },
          data: { sealed },
        }));
    return this.upstream(digest, serverId);
  }

  async upstreams(digest: string): Promise<{ serverId: string; sealed: string }[]> {
    return this.db.mcpUpstreamSession.findMany({
      where: { digest },
      select: { serverId: true, sealed: true },
    });
  }
}

const declared = (client: unknown): { info: JsonObject; capabilities: JsonObject } => {
  const { info, capabilities } = isObject(client) ? client : {};
  return {
    info: isObject(info) ? info : {},
    capabilities: isObject(capabilities) ? capabilities : {},
  };
};
