import { Module } from '@nestjs/common';
import { IssuerTest } from './connection-test/issuer-test.js';
import { issuerCommands } from './issuers.commands.js';
import { IssuersController } from './issuers.controller.js';
import { IssuerQueries } from './issuers.queries.js';

/** The issuers that we trust: needs a global `Database`, `CommandRuntime`, `CONFIG`, `OUTBOUND` and `SecretBox`. */
@Module({
  controllers: [IssuersController],
  providers: [IssuerQueries, IssuerTest, ...issuerCommands],
  exports: [...issuerCommands],
})
export class IssuersModule {}
