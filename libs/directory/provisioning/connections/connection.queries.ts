import { Inject, Injectable } from '@nestjs/common';
import { CommandRuntime, openWhere } from '#libs/engine/commands';
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
    const about = await this.#about(rows.flatMap(({ tokens }) => tokens));
    const items = rows.map((row) => this.#toConnection(row, about));
    return { items, total: items.length, baseUrl: this.baseUrl };
  }

  /** One of them; throws `not_found`. */
  async get(id: string): Promise<Connection> {
    const row = await this.db.scimConnection.findUnique({ where: { id }, include: INCLUDE });
    if (row === null)
      throw new DomainError('not_found', 'This connection was not found: check the id.');
    return this.#toConnection(row, await this.#about(row.tokens));
  }

  async #about(tokens: readonly TokenRow[]): Promise<AboutTokens> {
    const now = this.runtime.clock.now();
    const inactive = tokens.filter(({ activatedAt }) => activatedAt === null);
    const [people, waiting] = await Promise.all([
      this.db.person.findMany({
        where: { id: { in: tokens.flatMap(({ createdById }) => createdById ?? []) } },
        select: { id: true, name: true, email: true },
      }),
      this.db.proposedChange.findMany({
        where: { subjectId: { in: inactive.map(({ id }) => id) }, ...openWhere(now) },
        select: { subjectId: true },
      }),
    ]);
    return {
      people: new Map(people.map((person) => [person.id, person])),
      waiting: new Set(waiting.map(({ subjectId }) => subjectId)),
      now,
    };
  }

  #toConnection(row: Row, about: AboutTokens): Connection {
    const { id, name, kind, issuer, createdAt, tokens, _count } = row;
    return {
      id,
      name,
      kind,
      issuer,
      userCount: _count.users,
      groupCount: _count.groups,
      agentCount: _count.agents,
      createdAt: createdAt.toISOString(),
      tokens: tokens.map((token) => toToken(token, about)),
    };
  }
}

interface TokenRow {
  id: string;
  prefix: string;
  scopes: string[];
  createdById: string | null;
  createdAt: Date;
  activatedAt: Date | null;
  expiresAt: Date;
  revokedAt: Date | null;
  lastUsedAt: Date | null;
  lastUsedFrom: string | null;
}

/** What is known of tokens besides their rows: who made them, and which wait for a second person. */
interface AboutTokens {
  people: ReadonlyMap<string, Person>;
  waiting: ReadonlySet<string>;
  now: Date;
}

interface Row extends Pick<Connection, 'id' | 'name' | 'kind' | 'issuer'> {
  createdAt: Date;
  tokens: TokenRow[];
  _count: { users: number; groups: number; agents: number };
}

const toToken = (row: TokenRow, about: AboutTokens): Token => ({
  id: row.id,
  prefix: row.prefix,
  scopes: row.scopes as z.infer<typeof scimScopeSchema>[],
  state: stateOf(row, about),
  createdAt: row.createdAt.toISOString(),
  createdBy: row.createdById === null ? null : (about.people.get(row.createdById) ?? null),
  expiresAt: row.expiresAt.toISOString(),
  revokedAt: row.revokedAt?.toISOString() ?? null,
  lastUsedAt: row.lastUsedAt?.toISOString() ?? null,
  lastUsedFrom: row.lastUsedFrom,
});

const stateOf = (
  { id, activatedAt, revokedAt, expiresAt }: TokenRow,
  { waiting, now }: AboutTokens,
): Token['state'] => {
  if (revokedAt !== null) return 'revoked';
  if (expiresAt <= now) return 'expired';
  if (activatedAt !== null) return 'active';
  return waiting.has(id) ? 'waiting' : 'not_confirmed';
};
