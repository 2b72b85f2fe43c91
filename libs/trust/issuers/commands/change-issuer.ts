import { Inject, Injectable } from '@nestjs/common';
import { raiseAlert } from '#libs/engine/alerts';
import { CommandRuntime, type Change, type CommandContext } from '#libs/engine/commands';
import { CONFIG, type Config } from '#libs/platform/config';
import { OUTBOUND } from '#libs/engine/upstream';
import type { z } from 'zod';
import { assertTrusted, changeOfIssuer, type LoadedIssuer } from '../issuers.repository.js';
import { changeIssuerSchema } from '../issuers.schemas.js';
import { secondPersonForSettings } from '../trust-change.js';
import { assertValidSettings, type AddressCheck } from '../validate-issuer-settings.js';
type Input = z.infer<typeof changeIssuerSchema> & { id: string };

/** Changes what is checked of an issuer's tokens; its tokens are evaluated anew from then on. */
@Injectable()
export class ChangeIssuer extends changeOfIssuer({
  name: 'change-issuer',
  action: 'change',
  changesRights: 'registry',
  emergency: {
    rejected: 'agents and people are known by its tokens; retiring it is for emergencies',
  },
  input: changeIssuerSchema,
  secondPerson: {
    when: 'it changes more than the name of an issuer that an agent or a person uses, or whose security events name people by e-mail',
    ask({ tx }, { id: _id, reason: _reason, ...asked }, issuer) {
      const after = { ...settingsOf(issuer), ...given(asked) };
      const changed = changedOf(settingsOf(issuer), after).filter((key) => key !== 'name');
      if (changed.length === 0) return null;
      // Also of one that is trusted for it already: the person who says where its keys are can sign its
      // events.
      return secondPersonForSettings(tx, { ...issuer, signalsByEmail: after.signalsByEmail });
    },
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
    { id, reason, ...asked }: Input,
    issuer: LoadedIssuer,
  ): Promise<Change<{ id: string }>> {
    assertTrusted(issuer);
    const before = settingsOf(issuer);
    const after = { ...before, ...given(asked) };
    assertValidSettings(this.outbound, { ...after, url: issuer.url }, this.config);
    await tx.issuer.update({
      where: { id },
      data: { ...after, updatedAt: now },
      select: { id: true },
    });
    const changed = changedOf(before, after);
    if (changed.length > 0 && actor.kind === 'person')
      await raiseAlert(tx, now, {
        kind: 'issuer_changed',
        subject: { kind: 'issuer', id },
        message: `${actor.name} changed the trusted issuer ${issuer.name}: ${changed.join(', ')}.`,
        by: actor,
      });
    return {
      output: { id },
      subject: { id, name: after.name },
      facts: { changed },
      reason,
      changes: { before, after },
      keepsRights: changed.every((key) => key === 'name'),
    };
  }
}

const settingsOf = (issuer: LoadedIssuer) => ({
  name: issuer.name,
  audiences: [...issuer.audiences],
  algorithms: [...issuer.algorithms],
  profile: issuer.profile,
  clockToleranceSeconds: issuer.clockToleranceSeconds,
  maxTokenAgeSeconds: issuer.maxTokenAgeSeconds,
  signalsByEmail: issuer.signalsByEmail,
  keysUrl: issuer.keysUrl,
  requiredClaims: { ...issuer.requiredClaims },
});

type Settings = ReturnType<typeof settingsOf>;

const changedOf = (before: Settings, after: Settings): (keyof Settings)[] =>
  (Object.keys(before) as (keyof Settings)[]).filter(
    (key) => JSON.stringify(before[key]) !== JSON.stringify(after[key]),
  );

// Absent means leave.
const given = (asked: Omit<Input, 'id' | 'reason'>): Partial<Settings> =>
  Object.fromEntries(Object.entries(asked).filter(([, value]) => value !== undefined));
