import { Inject, Injectable } from '@nestjs/common';
import { ModuleRef } from '@nestjs/core';
import type { AnyCommand, CommandClass } from '#libs/engine/commands';
import { notFound } from '#libs/platform/access';
import { Database } from '#libs/platform/db';
import type { PersonActor } from '#libs/platform/http';

/** The injection token of the commands that may be confirmed. */
export const COMMAND_CLASSES = Symbol('COMMAND_CLASSES');

/** Does what somebody proposed, as the command that was proposed. */
@Injectable()
export class ConfirmChange {
  constructor(
    private readonly db: Database,
    private readonly modules: ModuleRef,
    @Inject(COMMAND_CLASSES) private readonly classes: readonly CommandClass[],
  ) {}

  /** Does it. @throws DomainError `not_found`, `forbidden`, `conflict`, or what the command itself rejects */
  async confirm(actor: PersonActor, id: string, note: string): Promise<void> {
    const row = await this.db.proposedChange.findUnique({
      where: { id },
      select: { command: true, subjectId: true },
    });
    const found = this.classes.find(({ spec }) => spec.name === row?.command);
    if (row === null || found === undefined) throw notFound();
    const command = this.modules.get<AnyCommand>(found, { strict: false });
    await command.confirm(actor, { id, subjectId: row.subjectId, note });
  }
}
