import { Controller, Get, Inject, Param, Query } from '@nestjs/common';
import { ApiExcludeController } from '@nestjs/swagger';
import { CONFIG, type Config } from '#libs/platform/config';
import { Public, RequireMachine } from '#libs/platform/http';
import { DomainError, type JsonObject } from '#libs/platform/kernel';
import { z } from 'zod';
import { ScimAnswer, scimListSchema, scimResourceSchema } from '../protocol/scim-answer.js';
import { SCIM_PREFIX } from '../protocol/scim-protocol.js';
import { noSuchResource, ScimError } from '../errors.js';
import { ScimResources } from '../resource/scim-resources.js';
import { ScimAuthenticator } from '../scim-authenticator.js';
import { toResourceType, toSchema } from './resource-types.js';
import { serviceProviderConfig } from './service-provider-config.js';

const nameParamsSchema = z.strictObject({ name: z.string().max(300) });
const filterQuerySchema = z.object({ filter: z.string().max(8192).optional() });

type Name = z.infer<typeof nameParamsSchema>;
type Filter = z.infer<typeof filterQuerySchema>;

/** What the server can do (RFC 7644 §4): any token of a connection may read all of it. */
@ApiExcludeController()
@Controller(SCIM_PREFIX)
export class DiscoveryController {
  constructor(
    private readonly resources: ScimResources,
    @Inject(CONFIG) private readonly config: Pick<Config, 'publicUrl'>,
  ) {}

  /** For everybody: how to authenticate is found here before anybody can (RFC 7643 §5). */
  @Get('ServiceProviderConfig')
  @Public()
  @ScimAnswer(200, scimResourceSchema)
  serviceProviderConfig() {
    return serviceProviderConfig(this.config.publicUrl);
  }

  @Get('ResourceTypes')
  @RequireMachine(ScimAuthenticator)
  @ScimAnswer(200, scimListSchema)
  resourceTypes(@Query({ schema: filterQuerySchema }) query: Filter) {
    return listOf(this.#types(), query);
  }

  @Get('ResourceTypes/:name')
  @RequireMachine(ScimAuthenticator)
  @ScimAnswer(200, scimResourceSchema)
  resourceType(@Param({ schema: nameParamsSchema }) { name }: Name) {
    return named(this.#types(), name);
  }

  @Get('Schemas')
  @RequireMachine(ScimAuthenticator)
  @ScimAnswer(200, scimListSchema)
  schemas(@Query({ schema: filterQuerySchema }) query: Filter) {
    return listOf(this.#schemas(), query);
  }

  @Get('Schemas/:name')
  @RequireMachine(ScimAuthenticator)
  @ScimAnswer(200, scimResourceSchema)
  schema(@Param({ schema: nameParamsSchema }) { name }: Name) {
    return named(this.#schemas(), name);
  }

  @Get('Me')
  @RequireMachine(ScimAuthenticator)
  @ScimAnswer(501, null)
  me(): never {
    const message = 'A token here is a connection and not a person: there is no /Me.';
    throw new ScimError('not_found', message, { status: 501 });
  }

  #types(): JsonObject[] {
    return this.resources.served.map(({ type }) => toResourceType(type, this.config.publicUrl));
  }

  #schemas(): JsonObject[] {
    return this.resources.served.flatMap(({ type }) =>
      [type.schema, ...type.extensions].map((schema) => toSchema(schema, this.config.publicUrl)),
    );
  }
}

const listOf = (all: JsonObject[], { filter }: Filter): JsonObject => {
  // RFC 7644 §4: a filter there is rejected, so that nobody takes a part for the whole.
  if (filter !== undefined)
    throw new DomainError('forbidden', 'This list takes no filter: ask for all of it.');
  return {
    schemas: ['urn:ietf:params:scim:api:messages:2.0:ListResponse'],
    totalResults: all.length,
    itemsPerPage: all.length,
    startIndex: 1,
    Resources: all,
  };
};

const named = (all: JsonObject[], name: string): JsonObject => {
  const found = all.find(({ id }) => id === name);
  if (found === undefined) throw noSuchResource();
  return found;
};
