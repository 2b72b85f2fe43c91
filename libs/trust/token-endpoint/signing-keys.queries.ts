import { Injectable } from '@nestjs/common';
import { CommandRuntime } from '#libs/engine/commands';
import type { z } from 'zod';
import { signingKeyOf } from './keys/key-times.js';
import { readKeys } from './keys/signing-key-rows.js';
import type { signingKeyListSchema } from './tokens.schemas.js';

/** Our signing keys for the console: never anything of their private halves. */
@Injectable()
export class SigningKeyQueries {
  constructor(private readonly runtime: CommandRuntime) {}

  /** All that are published or will be, oldest first. */
  async list(): Promise<z.infer<typeof signingKeyListSchema>> {
    const { db, clock } = this.runtime;
    const rows = await readKeys(db);
    const signing = signingKeyOf(rows, clock.now());
    return {
      items: rows.map((row) => ({
        id: row.id,
        algorithm: row.algorithm,
        createdAt: row.createdAt.toISOString(),
        signsFrom: row.signsFrom.toISOString(),
        signsUntil: row.signsUntil.toISOString(),
        publishedUntil: row.publishedUntil.toISOString(),
        isSigning: row.id === signing?.id,
      })),
    };
  }
}
