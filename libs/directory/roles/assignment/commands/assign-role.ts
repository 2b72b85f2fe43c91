import { Injectable } from '@nestjs/common';
import { raiseAlert } from '#libs/engine/alerts';
import {
  Command,
  type Change,
  type CommandContext,
  type CommandTraits,
} from '#libs/engine/commands';
import { DomainError, type Actor } from '#libs/platform/kernel';
import type { z } from 'zod';
import { retireOwnerWhenDone } from '../../setup/owner-retirement.js';
import { roleAssignmentSchema } from '../../roles.schemas.js';
import { lockAssignment, whyNotAssign, type LoadedAssignment } from '../role-assignment.js';

// Holders of these decide about others: a second account of one person would be two of them.
const WATCHED_ROLES: ReadonlySet<string> = new Set(['it', 'security', 'emergency']);

type Input = z.infer<typeof roleAssignmentSchema>;

/** Gives a person a role: by somebody who holds it, never to themselves; it counts at once. */
@Injectable()
export class AssignRole extends Command<Input, null, 'RoleAssignment', LoadedAssignment> {
  static readonly traits = {
    name: 'assign-role',
    permission: { action: 'assign', subject: 'RoleAssignment' },
    // The console asks for roles on every request; no agent's call depends on them.
    changesRights: false,
    creates: true,
    actors: 'people',
  } as const satisfies CommandTraits<'RoleAssignment'>;

  readonly traits = AssignRole.traits;
  readonly input = roleAssignmentSchema;

  protected subjectId({ personId }: Input): string {
    return personId;
  }

  protected load({ tx }: CommandContext, input: Input): Promise<LoadedAssignment | null> {
    return lockAssignment(tx, input);
  }

  protected override rejection(actor: Actor, assignment: LoadedAssignment): DomainError {
    return whyNotAssign(actor, assignment);
  }

  protected async run(
    { tx, now, actor }: CommandContext,
    { personId, role, reason }: Input,
    { name, isActive, isAssigned, hasHolder: isHeld }: LoadedAssignment,
  ): Promise<Change<null>> {
    if (!isActive) throw new DomainError('conflict', 'This person is inactive: enable them first.');
    if (isAssigned) throw new DomainError('conflict', `${name} has the role ${role} already.`);
    const assignedById = actor.kind === 'person' ? actor.id : null;
    await tx.personRole.create({ data: { personId, role, assignedById, assignedAt: now } });
    if (WATCHED_ROLES.has(role)) {
      await raiseAlert(tx, now, {
        kind: 'privileged_member',
        subject: { kind: 'person', id: personId },
        message: `${actor.name} gave ${name} the role ${role}.`,
        by: actor,
      });
    }
    const ownerRetired = await retireOwnerWhenDone(tx);
    return {
      output: null,
      subject: { id: personId, name },
      facts: { personId, role, first: !isHeld, ownerRetired },
      reason,
    };
  }
}
