export { newId } from './ids.js';
export { systemClock, type Clock } from './clock.js';
export {
  DomainError,
  DOMAIN_ERROR_CODES,
  type DomainErrorCode,
  type Problem,
} from './domain-error.js';
export { ROLES, systemActor, type Actor, type Role } from './actor.js';
export type { Json, JsonObject } from './json.js';
