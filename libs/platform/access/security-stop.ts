import { DomainError, type Actor } from '#libs/platform/kernel';

/** Whether what this actor stops is stopped with the right of security, which alone releases it then. */
export const stopsForSecurity = (actor: Actor): boolean =>
  actor.kind === 'person' && actor.roles.includes('security');

/** Why this actor cannot release what security stopped. */
export const releasedBySecurity = (): DomainError =>
  new DomainError(
    'forbidden',
    'Security stopped this. Ask a colleague with the role security, past its cooling-off period, to release it.',
  );
