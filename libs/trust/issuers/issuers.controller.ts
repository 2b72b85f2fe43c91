import { Body, Controller, Get, Param, Post } from '@nestjs/common';
import { ApiTags } from '@nestjs/swagger';
import { commandRoute, commandRoutes } from '#libs/engine/commands';
import { ModuleRef } from '@nestjs/core';
import { ApiAnswer, idParamsSchema, RequirePermission } from '#libs/platform/http';
import type { z } from 'zod';
import { ChangeIssuer } from './commands/change-issuer.js';
import { ConfigureSignIn } from './commands/configure-sign-in.js';
import { RemoveSignIn } from './commands/remove-sign-in.js';
import { RestoreIssuer } from './commands/restore-issuer.js';
import { RetireIssuer } from './commands/retire-issuer.js';
import { TrustIssuer } from './commands/trust-issuer.js';
import { IssuerTest } from './connection-test/issuer-test.js';
import { IssuerQueries } from './issuers.queries.js';
import {
  issuerDetailSchema,
  issuerPageSchema,
  issuerTestSchema,
  testIssuerSchema,
} from './issuers.schemas.js';

type Id = z.infer<typeof idParamsSchema>;

/** Trusted issuers for the console. */
@ApiTags('Issuers')
@Controller('api/v1/issuers')
export class IssuersController extends commandRoutes(
  {
    queries: IssuerQueries,
    answer: issuerDetailSchema,
    read: (queries: IssuerQueries, id: string) => queries.get(id),
  },
  {
    trust: commandRoute('POST', '', TrustIssuer),
    change: commandRoute('PATCH', ':id', ChangeIssuer),
    retire: commandRoute('POST', ':id/retire', RetireIssuer),
    restore: commandRoute('POST', ':id/restore', RestoreIssuer),
    configure: commandRoute('PUT', ':id/sign-in', ConfigureSignIn),
    remove: commandRoute('DELETE', ':id/sign-in', RemoveSignIn),
  },
) {
  constructor(
    queries: IssuerQueries,
    modules: ModuleRef,
    private readonly issuerTest: IssuerTest,
  ) {
    super(queries, modules);
  }

  @Get()
  @RequirePermission('read', 'Issuer')
  @ApiAnswer(200, issuerPageSchema)
  list() {
    return this.queries.list();
  }

  @Get(':id')
  @RequirePermission('read', 'Issuer')
  @ApiAnswer(200, issuerDetailSchema)
  get(@Param({ schema: idParamsSchema }) { id }: Id) {
    return this.queries.get(id);
  }

  @Post('test')
  @RequirePermission('register', 'Issuer')
  @ApiAnswer(200, issuerTestSchema)
  test(@Body({ schema: testIssuerSchema }) body: z.infer<typeof testIssuerSchema>) {
    return this.issuerTest.run(body);
  }
}
