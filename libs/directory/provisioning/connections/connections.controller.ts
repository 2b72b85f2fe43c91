import { Body, Controller, Get, Param, Post } from '@nestjs/common';
import { ApiTags } from '@nestjs/swagger';
import {
  ChangeProposedError,
  commandRoute,
  commandRoutes,
  type ProposedChangeRef,
} from '#libs/engine/commands';
import {
  ApiAnswer,
  CurrentActor,
  idParamsSchema,
  RequirePermission,
  type PersonActor,
} from '#libs/platform/http';
import type { z } from 'zod';
import { ActivateScimToken } from './commands/activate-scim-token.js';
import { ChangeScimConnection } from './commands/change-scim-connection.js';
import { CreateScimToken } from './commands/create-scim-token.js';
import { RegisterScimConnection } from './commands/register-scim-connection.js';
import { RevokeScimToken } from './commands/revoke-scim-token.js';
import { RotateScimToken } from './commands/rotate-scim-token.js';
import { ScimConnectionQueries } from './connection.queries.js';
import {
  createScimTokenSchema,
  newScimTokenSchema,
  rotateScimTokenSchema,
  scimConnectionPageSchema,
  scimConnectionSchema,
  scimTokenParamsSchema,
} from './connections.schemas.js';

type Id = z.infer<typeof idParamsSchema>;
type TokenId = z.infer<typeof scimTokenParamsSchema>;

/** Provisioning clients and their tokens, for the console. */
@ApiTags('Provisioning')
@Controller('api/v1/scim-connections')
export class ScimConnectionsController extends commandRoutes(
  {
    queries: ScimConnectionQueries,
    answer: scimConnectionSchema,
    read: (queries: ScimConnectionQueries, id: string) => queries.get(id),
  },
  {
    register: commandRoute('POST', '', RegisterScimConnection),
    change: commandRoute('PATCH', ':id', ChangeScimConnection),
    revoke: commandRoute('POST', ':id/tokens/:tokenId/revoke', RevokeScimToken),
  },
) {
  @Get()
  @RequirePermission('read', 'ScimConnection')
  @ApiAnswer(200, scimConnectionPageSchema)
  list() {
    return this.queries.list();
  }

  @Get(':id')
  @RequirePermission('read', 'ScimConnection')
  @ApiAnswer(200, scimConnectionSchema)
  get(@Param({ schema: idParamsSchema }) { id }: Id) {
    return this.queries.get(id);
  }

  @Post(':id/tokens')
  @RequirePermission('rotate', 'ScimConnection')
  @ApiAnswer(201, newScimTokenSchema)
  async create(
    @CurrentActor() actor: PersonActor,
    @Param({ schema: idParamsSchema }) { id }: Id,
    @Body({ schema: createScimTokenSchema }) body: z.infer<typeof createScimTokenSchema>,
  ) {
    const made = await this.execute(CreateScimToken, actor, { ...body, id });
    return this.#made(actor, id, made);
  }

  @Post(':id/tokens/:tokenId/rotate')
  @RequirePermission('rotate', 'ScimConnection')
  @ApiAnswer(201, newScimTokenSchema)
  async rotate(
    @CurrentActor() actor: PersonActor,
    @Param({ schema: scimTokenParamsSchema }) { id, tokenId }: TokenId,
    @Body({ schema: rotateScimTokenSchema }) body: z.infer<typeof rotateScimTokenSchema>,
  ) {
    const made = await this.execute(RotateScimToken, actor, { ...body, id, tokenId });
    const { overlapHours } = body;
    return this.#made(actor, id, made, { tokenId, overlapHours });
  }

  async #made(
    actor: PersonActor,
    connectionId: string,
    { id, token, isActive }: Made,
    replaces: Replaced | null = null,
  ): Promise<z.infer<typeof newScimTokenSchema>> {
    const proposedChange = isActive ? null : await this.#activate(actor, id, replaces);
    const connection = await this.queries.get(connectionId);
    return { token, baseUrl: this.queries.baseUrl, connection, proposedChange };
  }

  // The token is shown to its author in the same answer that says that it waits, so that is no error here.
  async #activate(
    actor: PersonActor,
    id: string,
    replaces: Replaced | null,
  ): Promise<ProposedChangeRef | null> {
    try {
      await this.execute(ActivateScimToken, actor, { id, replaces });
      return null;
    } catch (error) {
      if (error instanceof ChangeProposedError) return error.proposedChange;
      throw error;
    }
  }
}

type Made = Awaited<ReturnType<CreateScimToken['execute']>>;
type Replaced = Pick<z.infer<typeof rotateScimTokenSchema>, 'overlapHours'> & { tokenId: string };
