import { Inject, Injectable } from '@nestjs/common';
import { raiseAlert } from '#libs/engine/alerts';
import { command, CommandRuntime, type Change, type CommandContext } from '#libs/engine/commands';
import { CONFIG, type Config } from '#libs/platform/config';
import type { Tx } from '#libs/platform/db';
import { DomainError, newId } from '#libs/platform/kernel';
import { hostOf, OUTBOUND } from '#libs/engine/upstream';
import type { z } from 'zod';
import { trustIssuerSchema } from '../issuers.schemas.js';
import { secondPersonForSettings } from '../trust-change.js';
import { assertValidSettings, type AddressCheck } from '../validate-issuer-settings.js';
import { retireIssuerNow } from '../retire-issuer-now.js';

type Input = z.infer<typeof trustIssuerSchema>;

/** Trusts an issuer: its tokens can name agents and people from now on. */
@Injectable()
export class TrustIssuer extends command({
  name: 'trust-issuer',
  permission: { action: 'register', subject: 'Issuer' },
  changesRights: 'registry',
  emergency: {
    ends: 'the issuer is retired',
    undo: (ctx, { subjectId }) => retireIssuerNow(ctx, subjectId),
  },
  creates: true,
  input: trustIssuerSchema,
  load: () => ({ id: newId() }),
  secondPerson: {
    when: 'people sign in at that address already, as at the issuer of the environment, or its security events may name people by e-mail',
    ask: ({ tx }, { url, name, signalsByEmail }, { id }) =>
      secondPersonForSettings(tx, { id, url, name, signalsByEmail }),
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
    { tx, now, actor, signsNew }: CommandContext,
    input: Input,
    { id }: { id: string },
  ): Promise<Change<{ id: string }>> {
    assertValidSettings(this.outbound, input, this.config);
    await assertNotKnown(tx, input.url);
    signsNew('issuer', [id]);
    const { count } = await tx.issuer.createMany({
      data: [{ ...input, id, createdAt: now, updatedAt: now }],
      skipDuplicates: true,
    });
    if (count === 0) throw known(input.url);
    const { url, name, audiences, algorithms, profile, ...others } = input;
    const { clockToleranceSeconds, maxTokenAgeSeconds, signalsByEmail, ...pinned } = others;
    const times = { clockToleranceSeconds, maxTokenAgeSeconds };
    if (actor.kind === 'person')
      await raiseAlert(tx, now, {
        kind: 'issuer_changed',
        subject: { kind: 'issuer', id },
        message: `${actor.name} made ${name} (${url}) a trusted issuer.`,
        by: actor,
      });
    return {
      output: { id },
      subject: { id, name },
      facts: { audiences, algorithms, profile, ...times, signalsByEmail },
      changes: { url, ...pinned },
    };
  }
}

// Another spelling of an address names the same server: a retired issuer would come back by it, with other
// keys.
const assertNotKnown = async (tx: Tx, url: string): Promise<void> => {
  const issuers = await tx.issuer.findMany({ select: { url: true } });
  const same = issuers.find((issuer) => placeOf(issuer.url) === placeOf(url));
  if (same !== undefined) throw known(same.url);
};

/** Where an issuer is, however it is spelled: scheme, case, default port, last dot and last slash aside. */
const placeOf = (url: string): string => {
  const place = new URL(url);
  return `${hostOf(place)}:${place.port}${place.pathname.replace(/\/+$/, '')}`;
};

const known = (url: string): DomainError =>
  new DomainError(
    'conflict',
    `The issuer ${url} is known already: look in the list of issuers, and restore it if it was retired.`,
  );
