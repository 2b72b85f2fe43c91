import { Body, Controller, Get, Param, Post, Query } from '@nestjs/common';
import { ApiTags } from '@nestjs/swagger';
import { ApiAnswer, idParamsSchema, RequirePermission } from '#libs/platform/http';
import type { z } from 'zod';
import { PolicyQueries } from './policies.queries.js';
import {
  listPoliciesQuerySchema,
  policyDetailSchema,
  policyPageSchema,
  policyValidationSchema,
  validatePolicySchema,
} from './policies.schemas.js';

/** Policies for the console. */
@ApiTags('Policies')
@Controller('api/v1/policies')
export class PoliciesController {
  constructor(private readonly queries: PolicyQueries) {}

  @Get()
  @RequirePermission('read', 'Policy')
  @ApiAnswer(200, policyPageSchema)
  list(@Query({ schema: listPoliciesQuerySchema }) query: z.infer<typeof listPoliciesQuerySchema>) {
    return this.queries.list(query);
  }

  @Get(':id')
  @RequirePermission('read', 'Policy')
  @ApiAnswer(200, policyDetailSchema)
  get(@Param({ schema: idParamsSchema }) { id }: z.infer<typeof idParamsSchema>) {
    return this.queries.get(id);
  }

  @Post('validate')
  @RequirePermission('read', 'Policy')
  @ApiAnswer(200, policyValidationSchema)
  validate(@Body({ schema: validatePolicySchema }) input: z.infer<typeof validatePolicySchema>) {
    return this.queries.validate(input);
  }
}
