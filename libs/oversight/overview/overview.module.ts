import { Module } from '@nestjs/common';
import { OverviewController } from './overview.controller.js';
import { OverviewQueries } from './overview.queries.js';

/** The overview: needs a global `Database`. */
@Module({ controllers: [OverviewController], providers: [OverviewQueries] })
export class OverviewModule {}
