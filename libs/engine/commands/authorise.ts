import {
  can,
  notFound,
  permissionDenied,
  type SubjectName,
  type Subjects,
} from '#libs/platform/access';
import type { Actor } from '#libs/platform/kernel';
import type { CommandContext } from './change.js';
import type { AnySpec } from './command-spec.js';

const ACTOR_KIND = { people: 'person', scim: 'scim', system: 'system' } as const;

/** Rejects a kind of actor for whom the command is not. @throws DomainError `forbidden` */
export const assertKind = ({ permission, actors }: AnySpec, actor: Actor): void => {
  if (actor.kind === 'system' || actor.kind === ACTOR_KIND[actors]) return;
  throw permissionDenied(permission);
};

/**
 * Loads what the command is about, and authorises its actor on it.
 * @throws DomainError `not_found`, also for what the actor may not read; `forbidden`
 */
export const loadAuthorised = async (
  spec: AnySpec,
  ctx: CommandContext,
  input: unknown,
): Promise<Subjects[SubjectName]> => {
  const { permission, creates } = spec;
  const { actor } = ctx;
  const instance = await spec.load(ctx, input);
  if (instance === null) throw notFound();
  if (can(actor, permission.action, permission.subject, instance)) return instance;
  if (creates || can(actor, 'read', permission.subject, instance))
    throw spec.rejection?.(actor, instance as never) ?? permissionDenied(permission, instance);
  throw notFound();
};
