import { Inject, Injectable } from '@nestjs/common';
import { command, CommandRuntime, type Change, type CommandContext } from '#libs/engine/commands';
import type { Tx } from '#libs/platform/db';
import { DomainError, newId, type Problem } from '#libs/platform/kernel';
import { OUTBOUND, type Outbound } from '#libs/engine/upstream';
import type { z } from 'zod';
import { secondPersonForAddress } from '../address-in-use.js';
import { registerToolServerSchema } from '../catalog.schemas.js';
import { checkAddress, checkOpenapiUrl } from '../outbound-address.js';

type Input = z.infer<typeof registerToolServerSchema>;
type NewToolServer = { id: string; teamId: string };

/** Registers a tool server; the worker then discovers its tools and pins them. */
@Injectable()
export class RegisterToolServer extends command({
  name: 'register-tool-server',
  permission: { action: 'register', subject: 'ToolServer' },
  // Nothing can be called on it before its tools are pinned.
  changesRights: false,
  emergency: { rejected: 'no emergency waits for it' },
  creates: true,
  input: registerToolServerSchema,
  load: (_, { teamId }) => ({ id: newId(), teamId }),
  secondPerson: {
    when: 'a tool server that is not the actor’s is registered at the same host',
    ask: (ctx, { url }, { id }) => secondPersonForAddress(ctx, { id, url }),
  },
})<{ id: string }> {
  constructor(
    runtime: CommandRuntime,
    @Inject(OUTBOUND) private readonly outbound: Pick<Outbound, 'assertUrl'>,
  ) {
    super(runtime);
  }

  protected async run(
    { tx, now, enqueue, signsNew }: CommandContext,
    input: Input,
    { id }: NewToolServer,
  ): Promise<Change<{ id: string }>> {
    const url = checkAddress(this.outbound, 'url', input.url);
    const openapiUrl = checkOpenapiUrl(this.outbound, input);
    await assertOwnerAndTeam(tx, input);
    await assertSlugIsFree(tx, input.slug);
    const { slug, name, kind, ownerId, teamId } = input;
    signsNew('tool_server', [id]);
    await tx.toolServer.create({
      data: {
        id,
        slug,
        name,
        kind,
        url,
        ownerId,
        teamId,
        createdAt: now,
        updatedAt: now,
        ...(openapiUrl === null ? {} : { openapi: { url: openapiUrl, documentDigest: null } }),
        state: 'discovering',
      },
    });
    await enqueue('catalog.discover-tools', { serverId: id });
    return {
      output: { id },
      subject: { id, name },
      facts: { slug, kind, ownerId, teamId, state: 'discovering' },
      changes: { url, ...(openapiUrl === null ? {} : { openapiUrl }) },
    };
  }
}

const assertOwnerAndTeam = async (tx: Tx, { ownerId, teamId }: Input): Promise<void> => {
  const [owner, team] = await Promise.all([
    tx.person.count({ where: { id: ownerId, disabledAt: null } }),
    tx.team.count({ where: { id: teamId } }),
  ]);
  const problems: Problem[] = [];
  if (owner === 0) problems.push({ path: 'ownerId', message: 'there is no such active person' });
  if (team === 0) problems.push({ path: 'teamId', message: 'there is no such team' });
  if (problems.length === 0) return;
  const message = 'A tool server needs an owner who is an active person, and a team that exists.';
  throw new DomainError('invalid_input', message, { problems });
};

const assertSlugIsFree = async (tx: Tx, slug: string): Promise<void> => {
  if ((await tx.toolServer.count({ where: { slug } })) === 0) return;
  const message = `A tool server has the slug ${slug} already. Choose another.`;
  throw new DomainError('conflict', message, { problems: [{ path: 'slug', message: 'is taken' }] });
};
