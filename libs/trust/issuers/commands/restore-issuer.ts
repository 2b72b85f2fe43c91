import { Inject, Injectable } from '@nestjs/common';
import { raiseAlert } from '#libs/engine/alerts';
import { CommandRuntime, type Change, type CommandContext } from '#libs/engine/commands';
import { CONFIG, type Config } from '#libs/platform/config';
import { DomainError } from '#libs/platform/kernel';
import { OUTBOUND } from '#libs/engine/upstream';
import type { z } from 'zod';
import { changeOfIssuer, type LoadedIssuer } from '../issuers.repository.js';
import { restoreIssuerSchema } from '../issuers.schemas.js';
import { secondPersonForSettings } from '../trust-change.js';
import { assertValidSettings, type AddressCheck } from '../validate-issuer-settings.js';
type Input = z.infer<typeof restoreIssuerSchema> & { id: string };

/**
 * Trusts a retired issuer again, with the settings and the bindings that it had: an address cannot be
 * trusted a second time, so a mistake could not be undone otherwise. Ended sessions stay ended.
 */
@Injectable()
export class RestoreIssuer extends changeOfIssuer({
  name: 'restore-issuer',
  // As much as to trust it: who may only retire does not bring back.
  action: 'register',
  changesRights: true,
  emergency: { rejected: 'agents and people are known by its tokens' },
  input: restoreIssuerSchema,
  secondPerson: {
    when: 'an agent or a person uses the issuer, or its security events may name people by e-mail',
    ask: ({ tx }, _input, issuer) => secondPersonForSettings(tx, issuer),
  },
})<{ id: string }> {
  constructor(
    runtime: CommandRuntime,
    @Inject(OUTBOUND) private readonly outbound: AddressCheck,
    @Inject(CONFIG) private readonly config: Pick<Config, 'publicUrl'>,
  ) {
    super(runtime);
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
