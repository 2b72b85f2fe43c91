import {
  Body,
  Controller,
  Delete,
  Get,
  Inject,
  Param,
  Patch,
  Post,
  Put,
  Query,
  Req,
  Res,
  type Type,
} from '@nestjs/common';
import { ApiExcludeController } from '@nestjs/swagger';
import { RequireMachine } from '#libs/platform/http';
import type { JsonObject } from '#libs/platform/kernel';
import type { Request, Response } from 'express';
import type { z } from 'zod';
import {
  answerWith,
  resourceId,
  resourceParamsSchema,
  ScimAnswer,
  scimBodySchema,
  scimListSchema,
  scimResourceSchema,
  type ShownResource,
} from '../protocol/scim-answer.js';
import { etagOf } from '../protocol/etag.js';
import { SCIM_PREFIX } from '../protocol/scim-protocol.js';
import { CurrentScimClient, type ScimClient } from '../scim-client.js';
import { ScimAuthenticator } from '../scim-authenticator.js';
import type { ResourceType } from '../schema/attribute.js';
import type { Done } from './change-input.js';
import { listQuerySchema, projectionQuerySchema, searchRequestSchema } from './list-query.js';
import { ScimResources, type ServedType } from './scim-resources.js';

type Params = z.infer<typeof resourceParamsSchema>;
type List = z.infer<typeof listQuerySchema>;
type Search = z.infer<typeof searchRequestSchema>;
type Projected = z.infer<typeof projectionQuerySchema>;

const ifMatchOf = (request: Request): string | null => request.headers['if-match'] ?? null;

/** The routes of one resource type (RFC 7644 §3.2), under its area's scopes. */
export const resourceController = (type: ResourceType, area: ServedType['area']): Type => {
  const read = `${area}:read`;
  const write = `${area}:write`;
  const canRead = ({ scopes }: ScimClient): boolean => scopes.some((held) => held === read);

  @ApiExcludeController()
  @Controller(`${SCIM_PREFIX}${type.endpoint}`)
  class ResourceController {
    private readonly served: ServedType;

    constructor(@Inject(ScimResources) resources: ScimResources) {
      const served = resources.at(type.endpoint);
      if (served === undefined) throw new Error(`nothing serves ${type.endpoint}`);
      this.served = served;
    }

    @Get()
    @RequireMachine(ScimAuthenticator, read)
    @ScimAnswer(200, scimListSchema)
    list(@CurrentScimClient() client: ScimClient, @Query({ schema: listQuerySchema }) query: List) {
      return this.served.queries.list(client, query);
    }

    @Post('.search')
    @RequireMachine(ScimAuthenticator, read)
    @ScimAnswer(200, scimListSchema)
    search(
      @CurrentScimClient() client: ScimClient,
      @Body({ schema: searchRequestSchema }) query: Search,
    ) {
      return this.served.queries.list(client, query);
    }

    @Get(':id')
    @RequireMachine(ScimAuthenticator, read)
    @ScimAnswer(200, scimResourceSchema)
    async get(
      @CurrentScimClient() client: ScimClient,
      @Param({ schema: resourceParamsSchema }) params: Params,
      @Query({ schema: projectionQuerySchema }) query: Projected,
      @Req() { headers }: Request,
      @Res({ passthrough: true }) response: Response,
    ) {
      const id = resourceId(params);
      const found = await this.served.queries.get(client, id, query, headers['if-none-match']);
      return answerWith(response, found);
    }

    @Post()
    @RequireMachine(ScimAuthenticator, write)
    @ScimAnswer(201, scimResourceSchema)
    async create(
      @CurrentScimClient() client: ScimClient,
      @Body({ schema: scimBodySchema }) resource: JsonObject,
      @Query({ schema: projectionQuerySchema }) query: Projected,
      @Res({ passthrough: true }) response: Response,
    ) {
      const { id } = (await this.served.create.execute(client, {
        ...this.served.extra,
        resource,
      })) as Done;
      return answerWith(response, await this.#changed(client, id, query));
    }

    @Put(':id')
    @RequireMachine(ScimAuthenticator, write)
    @ScimAnswer(200, scimResourceSchema)
    async replace(
      @CurrentScimClient() client: ScimClient,
      @Param({ schema: resourceParamsSchema }) params: Params,
      @Body({ schema: scimBodySchema }) resource: JsonObject,
      @Query({ schema: projectionQuerySchema }) query: Projected,
      @Req() request: Request,
      @Res({ passthrough: true }) response: Response,
    ) {
      const id = resourceId(params);
      await this.#change(client, id, { resource }, request);
      return answerWith(response, await this.#changed(client, id, query));
    }

    @Patch(':id')
    @RequireMachine(ScimAuthenticator, write)
    @ScimAnswer(200, null)
    async patch(
      @CurrentScimClient() client: ScimClient,
      @Param({ schema: resourceParamsSchema }) params: Params,
      @Body({ schema: scimBodySchema }) patch: JsonObject,
      @Query({ schema: projectionQuerySchema }) query: Projected,
      @Req() request: Request,
      @Res() response: Response,
    ) {
      const id = resourceId(params);
      const done = await this.#change(client, id, { patch }, request);
      // Nothing is read back that nobody asked for (RFC 7644 §3.5.2), since a group may be large, nor by who
      // may not read.
      const isAsked = query.attributes !== undefined || query.excludedAttributes !== undefined;
      if (!isAsked || !canRead(client)) {
        response.status(204).set('ETag', etagOf(done.version)).end();
        return;
      }
      const shown = answerWith(response, await this.served.queries.get(client, id, query));
      response.json(scimResourceSchema.parse(shown));
    }

    @Delete(':id')
    @RequireMachine(ScimAuthenticator, write)
    @ScimAnswer(204, null)
    async remove(
      @CurrentScimClient() client: ScimClient,
      @Param({ schema: resourceParamsSchema }) params: Params,
      @Req() request: Request,
    ) {
      const id = resourceId(params);
      const input = { ...this.served.extra, id, ifMatch: ifMatchOf(request) };
      await this.served.remove.execute(client, input);
    }

    // Who may write and not read learns where the resource is and its version, and nothing else of it.
    #changed(client: ScimClient, id: string, query: Projected): Promise<ShownResource> {
      return this.served.queries.get(client, id, canRead(client) ? query : { attributes: 'meta' });
    }

    async #change(client: ScimClient, id: string, change: object, request: Request): Promise<Done> {
      const input = { ...this.served.extra, id, ifMatch: ifMatchOf(request), change };
      return (await this.served.change.execute(client, input)) as Done;
    }
  }
  Object.defineProperty(ResourceController, 'name', { value: `Scim${type.name}Controller` });
  return ResourceController;
};
