import { Body, Controller, Delete, Get, Param, Patch, Post, Put } from '@nestjs/common';
import { ApiTags } from '@nestjs/swagger';
import {
  ApiAnswer,
  CurrentActor,
  idParamsSchema,
  RequirePermission,
  type PersonActor,
} from '#libs/platform/http';
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
  changeIssuerSchema,
  configureSignInSchema,
  issuerDetailSchema,
  issuerPageSchema,
  issuerTestSchema,
  restoreIssuerSchema,
  retireIssuerSchema,
  testIssuerSchema,
  trustIssuerSchema,
} from './issuers.schemas.js';

type Id = z.infer<typeof idParamsSchema>;

/** Trusted issuers for the console. */
@ApiTags('Issuers')
@Controller('api/v1/issuers')
export class IssuersController {
  constructor(
    private readonly queries: IssuerQueries,
    private readonly issuerTest: IssuerTest,
    private readonly trustIssuer: TrustIssuer,
    private readonly changeIssuer: ChangeIssuer,
    private readonly retireIssuer: RetireIssuer,
    private readonly restoreIssuer: RestoreIssuer,
    private readonly configureSignIn: ConfigureSignIn,
    private readonly removeSignIn: RemoveSignIn,
  ) {}

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

  @Post()
  @RequirePermission('register', 'Issuer')
  @ApiAnswer(201, issuerDetailSchema)
  async trust(
    @CurrentActor() actor: PersonActor,
    @Body({ schema: trustIssuerSchema }) body: z.infer<typeof trustIssuerSchema>,
  ) {
    const { id } = await this.trustIssuer.execute(actor, body);
    return this.queries.get(id);
  }

  @Post('test')
  @RequirePermission('register', 'Issuer')
  @ApiAnswer(200, issuerTestSchema)
  test(@Body({ schema: testIssuerSchema }) body: z.infer<typeof testIssuerSchema>) {
    return this.issuerTest.run(body);
  }

  @Patch(':id')
  @RequirePermission('change', 'Issuer')
  @ApiAnswer(200, issuerDetailSchema)
  async change(
    @CurrentActor() actor: PersonActor,
    @Param({ schema: idParamsSchema }) { id }: Id,
    @Body({ schema: changeIssuerSchema }) body: z.infer<typeof changeIssuerSchema>,
  ) {
    await this.changeIssuer.execute(actor, { ...body, id });
    return this.queries.get(id);
  }

  @Post(':id/retire')
  @RequirePermission('retire', 'Issuer')
  @ApiAnswer(200, issuerDetailSchema)
  async retire(
    @CurrentActor() actor: PersonActor,
    @Param({ schema: idParamsSchema }) { id }: Id,
    @Body({ schema: retireIssuerSchema }) body: z.infer<typeof retireIssuerSchema>,
  ) {
    await this.retireIssuer.execute(actor, { ...body, id });
    return this.queries.get(id);
  }

  @Post(':id/restore')
  @RequirePermission('register', 'Issuer')
  @ApiAnswer(200, issuerDetailSchema)
  async restore(
    @CurrentActor() actor: PersonActor,
    @Param({ schema: idParamsSchema }) { id }: Id,
    @Body({ schema: restoreIssuerSchema }) body: z.infer<typeof restoreIssuerSchema>,
  ) {
    await this.restoreIssuer.execute(actor, { ...body, id });
    return this.queries.get(id);
  }

  @Put(':id/sign-in')
  @RequirePermission('change', 'Issuer')
  @ApiAnswer(200, issuerDetailSchema)
  async configure(
    @CurrentActor() actor: PersonActor,
    @Param({ schema: idParamsSchema }) { id }: Id,
    @Body({ schema: configureSignInSchema }) body: z.infer<typeof configureSignInSchema>,
  ) {
    await this.configureSignIn.execute(actor, { ...body, id });
    return this.queries.get(id);
  }

  @Delete(':id/sign-in')
  @RequirePermission('change', 'Issuer')
  @ApiAnswer(200, issuerDetailSchema)
  async remove(@CurrentActor() actor: PersonActor, @Param({ schema: idParamsSchema }) { id }: Id) {
    await this.removeSignIn.execute(actor, { id });
    return this.queries.get(id);
  }
}
