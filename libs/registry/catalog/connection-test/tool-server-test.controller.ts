import { Body, Controller, Post } from '@nestjs/common';
import { ApiTags } from '@nestjs/swagger';
import { ApiAnswer, CurrentActor, RequirePermission, type PersonActor } from '#libs/platform/http';
import type { z } from 'zod';
import { ToolServerTest } from './tool-server-test.js';
import { testToolServerSchema, toolServerTestSchema } from './tool-server-test.schemas.js';

/** Tests a tool server's address for people who may register one. */
@ApiTags('Catalog')
@Controller('api/v1/tool-servers')
export class ToolServerTestController {
  constructor(private readonly toolServerTest: ToolServerTest) {}

  @Post('test')
  @RequirePermission('register', 'ToolServer')
  @ApiAnswer(200, toolServerTestSchema)
  test(
    @CurrentActor() actor: PersonActor,
    @Body({ schema: testToolServerSchema }) body: z.infer<typeof testToolServerSchema>,
  ) {
    return this.toolServerTest.run(actor.id, body);
  }
}
