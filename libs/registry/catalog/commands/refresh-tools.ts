import { Inject, Injectable } from '@nestjs/common';
import { CommandRuntime, type Change, type CommandContext } from '#libs/engine/commands';
import { DomainError } from '#libs/platform/kernel';
import { OUTBOUND, type Outbound } from '#libs/engine/upstream';
import type { z } from 'zod';
import { secondPersonForAddress } from '../address-in-use.js';
import { changeOfToolServer, type LockedToolServer } from '../catalog.repository.js';
import { refreshToolsSchema } from '../catalog.schemas.js';
import { checkAddress, invalidAt } from '../outbound-address.js';
type Input = z.infer<typeof refreshToolsSchema> & { id: string };

/** Asks a tool server again for its tools, after a failure at another address if need be. */
@Injectable()
export class RefreshTools extends changeOfToolServer({
  name: 'refresh-tools',
  action: 'register',
  // What is pinned stays pinned and callable; without it there was nothing to call.
  changesRights: false,
  emergency: { rejected: 'no emergency waits for it' },
  input: refreshToolsSchema,
  secondPerson: {
    when: 'it changes the address of a tool server to a host at which one that is not the actor’s is registered',
    ask: (ctx, { id, url }) =>
      url === undefined ? null : secondPersonForAddress(ctx, { id, url }),
  },
})<{ id: string }> {
  constructor(
    runtime: CommandRuntime,
    @Inject(OUTBOUND) private readonly outbound: Pick<Outbound, 'assertUrl'>,
  ) {
    super(runtime);
  }

  protected async run(
    { tx, now, enqueue }: CommandContext,
    input: Input,
    server: LockedToolServer,
  ): Promise<Change<{ id: string }>> {
    const { id } = server;
    const { url, openapiUrl } = this.#newAddresses(input, server);
    // Only a ready tool server's tools can be called, and looking again must not take them away.
    const to = server.state === 'ready' ? 'ready' : 'discovering';
    await tx.toolServer.update({
      where: { id },
      data: {
        state: to,
        stateReason: null,
        updatedAt: now,
        ...(url === undefined ? {} : { url }),
        ...(openapiUrl === undefined ? {} : { openapi: { url: openapiUrl, documentDigest: null } }),
      },
      select: { id: true },
    });
    await enqueue('catalog.discover-tools', { serverId: id });
    return {
      output: { id },
      subject: server,
      facts: { from: server.state, to },
      changes: {
        ...(url === undefined ? {} : { url }),
        ...(openapiUrl === undefined ? {} : { openapiUrl }),
      },
      reason: input.reason,
    };
  }

  #newAddresses(
    { url, openapiUrl }: Input,
    { hasPinnedTools, kind }: LockedToolServer,
  ): Pick<Input, 'url' | 'openapiUrl'> {
    if (url === undefined && openapiUrl === undefined) return {};
    if (hasPinnedTools) {
      throw new DomainError(
        'conflict',
        'Tools of this tool server are pinned, so its address cannot be changed. Register the new address as another tool server.',
      );
    }
    if (kind === 'mcp' && openapiUrl !== undefined) {
      throw invalidAt('openapiUrl', 'An MCP tool server describes itself: leave openapiUrl out.');
    }
    return { url: this.#checked('url', url), openapiUrl: this.#checked('openapiUrl', openapiUrl) };
  }

  #checked(path: string, url: string | undefined): string | undefined {
    return url === undefined ? undefined : checkAddress(this.outbound, path, url);
  }
}
