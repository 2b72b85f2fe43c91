import { Body, Controller, Post } from '@nestjs/common';
import { ApiTags } from '@nestjs/swagger';
import { ApiAnswer, Public } from '#libs/platform/http';
import { RejectionCounter } from '#libs/engine/ledger';
import { z } from 'zod';
import { SetError } from '../errors.js';
import { SignalIntake } from '../signal-intake.js';

// The verifier takes no more than 8 KB.
const MAX_LENGTH = 10_000;
const setSchema = z.string().min(1).max(MAX_LENGTH);

/** The push receiver of Shared Signals (RFC 8935). */
@ApiTags('Shared Signals')
@Controller('ssf')
export class PushController {
  constructor(
    private readonly intake: SignalIntake,
    private readonly rejections: RejectionCounter,
  ) {}

  /** Public, because the signed token in the body is what authenticates it. */
  @Post('events')
  @Public()
  @ApiAnswer(202, null, 'The event is accepted, and what it revokes is revoked.')
  async receive(@Body({ schema: setSchema }) token: z.infer<typeof setSchema>): Promise<void> {
    try {
      await this.intake.take(token);
    } catch (error) {
      // Nobody that we have a name for: counted, so that it cannot fill the ledger.
      if (error instanceof SetError) this.rejections.count('bad_security_event', 'ssf');
      throw error;
    }
  }
}
