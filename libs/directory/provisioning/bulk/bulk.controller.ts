import { Body, Controller, Post } from '@nestjs/common';
import { ApiExcludeController } from '@nestjs/swagger';
import { RequireMachine } from '#libs/platform/http';
import { ScimAnswer } from '../protocol/scim-answer.js';
import { SCIM_PREFIX } from '../protocol/scim-protocol.js';
import { CurrentScimClient, type ScimClient } from '../scim-client.js';
import { ScimAuthenticator } from '../scim-authenticator.js';
import { bulkRequestSchema, bulkResponseSchema, type BulkRequest } from './bulk.schemas.js';
import { BulkService } from './bulk.service.js';

/** Many operations in one request; each is allowed or rejected by the token's scopes on its own. */
@ApiExcludeController()
@Controller(`${SCIM_PREFIX}/Bulk`)
export class BulkController {
  constructor(private readonly bulk: BulkService) {}

  @Post()
  @RequireMachine(ScimAuthenticator)
  @ScimAnswer(200, bulkResponseSchema)
  run(
    @CurrentScimClient() client: ScimClient,
    @Body({ schema: bulkRequestSchema }) request: BulkRequest,
  ) {
    return this.bulk.run(client, request);
  }
}
