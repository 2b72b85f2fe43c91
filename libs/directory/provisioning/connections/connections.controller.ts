import { Body, Controller, Get, Param, Post } from '@nestjs/common';
import { ApiTags } from '@nestjs/swagger';
import { commandRoute, commandRoutes } from '#libs/engine/commands';
import {
  ApiAnswer,
  CurrentActor,
  idParamsSchema,
  RequirePermission,
  type PersonActor,
} from '#libs/platform/http';
import type { z } from 'zod';
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
    const { token } = await this.execute(CreateScimToken, actor, { ...body, id });
    return this.#made(id, token);
  }

  @Post(':id/tokens/:tokenId/rotate')
  @RequirePermission('rotate', 'ScimConnection')
  @ApiAnswer(201, newScimTokenSchema)
  async rotate(
    @CurrentActor() actor: PersonActor,
    @Param({ schema: scimTokenParamsSchema }) { id, tokenId }: TokenId,
    @Body({ schema: rotateScimTokenSchema }) body: z.infer<typeof rotateScimTokenSchema>,
  ) {
    const { token } = await this.execute(RotateScimToken, actor, { ...body, id, tokenId });
    return this.#made(id, token);
  }

  async #made(id: string, token: string): Promise<z.infer<typeof newScimTokenSchema>> {
    return { token, baseUrl: this.queries.baseUrl, connection: await this.queries.get(id) };
  }
}
