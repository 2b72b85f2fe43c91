import { Inject, Injectable } from '@nestjs/common';
import { CommandRuntime } from '#libs/engine/commands';
import { CONFIG, type Config } from '#libs/platform/config';
import { Database } from '#libs/platform/db';
import { DomainError } from '#libs/platform/kernel';
import type { z } from 'zod';
import { SCIM_PREFIX } from '../protocol/scim-protocol.js';
import type {
  scimConnectionPageSchema,
  scimConnectionSchema,
  scimScopeSchema,
  scimTokenSchema,
} from './connections.schemas.js';

type Connection = z.infer<typeof scimConnectionSchema>;
type Token = z.infer<typeof scimTokenSchema>;
type Person = { id: string; name: string; email: string };

const INCLUDE = {
  issuer: { select: { id: true, name: true } },
  tokens: { orderBy: { createdAt: 'desc' }, take: 100 },
  _count: { select: { users: true, groups: true, agents: true } },
} as const;

/** Reads provisioning clients for the console; of a token never more than its first characters. */
@Injectable()
export class ScimConnectionQueries {
  constructor(
    private readonly db: Database,
    private readonly runtime: CommandRuntime,
    @Inject(CONFIG) private readonly config: Pick<Config, 'publicUrl'>,
  ) {}

  /** The address that a provisioning client is given. */
  get baseUrl(): string {
    return `${this.config.publicUrl}${SCIM_PREFIX}`;
  }

  /** All of them by name. */
  async list(): Promise<z.infer<typeof scimConnectionPageSchema>> {
    const rows = await this.db.scimConnection.findMany({
      include: INCLUDE,
      orderBy: { name: 'asc' },
    });
    const people = await this.#makersOf(rows.flatMap(({ tokens }) => tokens));
    const items = rows.map((row) => this.#toConnection(row, people));
    return { items, total: items.length, baseUrl: this.baseUrl };
  }

  /** One of them; throws `not_found`. */
  async get(id: string): Promise<Connection> {
    const row = await this.db.scimConnection.findUnique({ where: { id }, include: INCLUDE });
    if (row === null)
      throw new DomainError('not_found', 'This connection was not found: check the id.');
    return this.#toConnection(row, await this.#makersOf(row.tokens));
  }

  async #makersOf(tokens: readonly { createdById: string | null }[]): Promise<Map<string, Person>> {
    const ids = tokens.flatMap(({ createdById }) => createdById ?? []);
    const people = await this.db.person.findMany({
      where: { id: { in: ids } },
      select: { id: true, name: true, email: true },
    });
    return new Map(people.map((person) => [person.id, person]));
  }

  #toConnection(row: Row, people: ReadonlyMap<string, Person>): Connection {
    const { id, name, kind, issuer, createdAt, tokens, _count } = row;
    const now = this.runtime.clock.now();
    return {
      id,
      name,
      kind,
      issuer,
      userCount: _count.users,
      groupCount: _count.groups,
      agentCount: _count.agents,
      createdAt: createdAt.toISOString(),
      tokens: tokens.map((token) => toToken(token, people, now)),
    };
  }
}

interface TokenRow {
  id: string;
  prefix: string;
  scopes: string[];
  createdById: string | null;
  createdAt: Date;
  expiresAt: Date;
  revokedAt: Date | null;
  lastUsedAt: Date | null;
  lastUsedFrom: string | null;
}

interface Row extends Pick<Connection, 'id' | 'name' | 'kind' | 'issuer'> {
  createdAt: Date;
  tokens: TokenRow[];
  _count: { users: number; groups: number; agents: number };
}

const toToken = (row: TokenRow, people: ReadonlyMap<string, Person>, now: Date): Token => ({
  id: row.id,
  prefix: row.prefix,
  scopes: row.scopes as z.infer<typeof scimScopeSchema>[],
  state: stateOf(row, now),
  createdAt: row.createdAt.toISOString(),
  createdBy: row.createdById === null ? null : (people.get(row.createdById) ?? null),
  expiresAt: row.expiresAt.toISOString(),
  revokedAt: row.revokedAt?.toISOString() ?? null,
  lastUsedAt: row.lastUsedAt?.toISOString() ?? null,
  lastUsedFrom: row.lastUsedFrom,
});

const stateOf = ({ revokedAt, expiresAt }: TokenRow, now: Date): Token['state'] => {
  if (revokedAt !== null) return 'revoked';
  return expiresAt <= now ? 'expired' : 'active';
};
