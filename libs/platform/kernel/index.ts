export { isUuid, newId } from './ids.js';
export { systemClock, type Clock } from './clock.js';
export { DomainError, type DomainErrorCode, type Problem } from './errors.js';
export {
  personIdOf,
  roleNames,
  ROLES,
  SCIM_SCOPES,
  systemActor,
  type Actor,
  type Role,
  type ScimScope,
} from './actor.js';
export { isObject, type Json, type JsonObject } from './json.js';
export { compareText, firstNames } from './text.js';
export { DAY_MS, HOUR_MS, MINUTE_MS, SECOND_MS } from './durations.js';
