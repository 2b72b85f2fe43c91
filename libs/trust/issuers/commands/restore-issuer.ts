import { Inject, Injectable } from '@nestjs/common';
import { raiseAlert } from '#libs/engine/alerts';
import {
  Command,
  CommandRuntime,
  type Change,
  type CommandContext,
  type CommandTraits,
} from '#libs/engine/commands';
import { CONFIG, type Config } from '#libs/platform/config';
import { idSchema } from '#libs/platform/http';
import { DomainError } from '#libs/platform/kernel';
import { OUTBOUND } from '#libs/engine/upstream';
import type { z } from 'zod';
import { lockIssuer, type LoadedIssuer } from '../issuers.repository.js';
import { restoreIssuerSchema } from '../issuers.schemas.js';
import { assertValidSettings, type AddressCheck } from '../validate-issuer-settings.js';

const inputSchema = restoreIssuerSchema.extend({ id: idSchema });
type Input = z.infer<typeof inputSchema>;

/**
 * Trusts a retired issuer again, with the settings and the bindings that it had: an address cannot be
 * trusted a second time, so a mistake could not be undone otherwise. Ended sessions stay ended.
 */
@Injectable()
export class RestoreIssuer extends Command<Input, { id: string }, 'Issuer', LoadedIssuer> {
  static readonly traits = {
    name: 'restore-issuer',
    // As much as to trust it: who may only retire does not bring back.
    permission: { action: 'register', subject: 'Issuer' },
    changesRights: true,
    creates: false,
    actors: 'people',
  } as const satisfies CommandTraits<'Issuer'>;

  readonly traits = RestoreIssuer.traits;
  readonly input = inputSchema;

  constructor(
    runtime: CommandRuntime,
    @Inject(OUTBOUND) private readonly outbound: AddressCheck,
    @Inject(CONFIG) private readonly config: Pick<Config, 'publicUrl'>,
  ) {
    super(runtime);
  }

  protected subjectId({ id }: Input): string {
    return id;
  }

  protected load({ tx }: CommandContext, { id }: Input): Promise<LoadedIssuer | null> {
    return lockIssuer(tx, id);
  }

  protected async run(
    { tx, now, actor }: CommandContext,
    { id, reason }: Input,
    issuer: LoadedIssuer,
  ): Promise<Change<{ id: string }>> {
    const { name, retiredAt } = issuer;
    if (retiredAt === null) throw new DomainError('conflict', 'This issuer is trusted already.');
    // What may be trusted can have changed since: the address may even be our own by now.
    assertValidSettings(this.outbound, issuer, this.config);
    await tx.issuer.update({
      where: { id },
      data: { retiredAt: null, updatedAt: now },
      select: { id: true },
    });
    await raiseAlert(tx, now, {
      kind: 'issuer_changed',
      subject: { kind: 'issuer', id },
      message: `${actor.name} trusts the retired issuer ${name} again: ${reason}`,
      by: actor,
    });
    return {
      output: { id },
      subject: { id, name },
      facts: { retiredAt: retiredAt.toISOString(), hasSignIn: issuer.hasSignIn },
      reason,
    };
  }
}
