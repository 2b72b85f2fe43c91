import type { CommandContext } from '#libs/engine/commands';
import { DomainError } from '#libs/platform/kernel';

/** The connection that a command acts for; its token is held by the command itself. */
export const connectionOf = ({ actor }: CommandContext): string => {
  if (actor.kind === 'scim') return actor.id;
  throw new DomainError('forbidden', 'Only a provisioning client provisions.');
};
