import { Controller, Get } from '@nestjs/common';
import { ApiTags } from '@nestjs/swagger';
import { ApiAnswer, Probe } from '#libs/platform/http';
import { z } from 'zod';
import { HealthQueries } from './health.queries.js';

/** The process runs. */
export const liveSchema = z.object({ status: z.literal('live') });

/** The process can do its work. */
export const readySchema = z.object({ status: z.literal('ready'), clockSkewMs: z.number().int() });

/** Probes: they say nothing about the installation but whether it works. */
@ApiTags('Health')
@Controller('health')
export class HealthController {
  constructor(private readonly queries: HealthQueries) {}

  @Get('live')
  @Probe()
  @ApiAnswer(200, liveSchema)
  live() {
    return { status: 'live' };
  }

  @Get('ready')
  @Probe()
  @ApiAnswer(200, readySchema)
  async ready() {
    return { status: 'ready', ...(await this.queries.ready()) };
  }
}
