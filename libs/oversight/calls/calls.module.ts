import { Module } from '@nestjs/common';
import { CallsController } from './calls.controller.js';
import { CallQueries } from './calls.queries.js';

/** Calls for the console: needs a global `Database`. */
@Module({ controllers: [CallsController], providers: [CallQueries], exports: [CallQueries] })
export class CallsModule {}
