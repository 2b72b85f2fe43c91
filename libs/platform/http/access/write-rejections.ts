import type { Permission } from '#libs/platform/access';
import type { DomainError } from '#libs/platform/kernel';
import type { PersonActor } from './authenticator.js';

/** A known person's write that was rejected before it reached its use case. */
export interface WriteRejection {
  actor: PersonActor;
  permission: Permission;
  /** The id in the route, if it has one. */
  subjectId: string | null;
  error: DomainError;
}

/** Keeps such rejections where attempts are kept; the process provides it. */
export abstract class WriteRejections {
  /** Rejects when it cannot be kept; the request is then answered with that error instead. */
  abstract record(rejection: WriteRejection): Promise<void>;
}
