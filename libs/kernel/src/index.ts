export { newId } from './ids.js';
export { systemClock, type Clock } from './clock.js';
export { DomainError, type DomainErrorCode, type Problem } from './domain-error.js';
export { ROLES, systemActor, type Actor, type Role } from './actor.js';
export type { Json, JsonObject } from './json.js';
