export { firstIdAt, isUuid, newId } from './ids.js';
export { isUtf8Type } from './charset.js';
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
export { ExactNumber, isPlainNumber, keepsNumber } from './exact-number.js';
export {
  isExactObject,
  isObject,
  MAX_JSON_DEPTH,
  type ExactJson,
  type ExactObject,
  type Json,
  type JsonObject,
} from './json.js';
export {
  hasMarkedNumber,
  markedNumber,
  markNumbers,
  markNumbersIn,
  unmarkNumbers,
} from './marked-numbers.js';
export { knownSince } from './known-since.js';
export { compareText, firstNames } from './text.js';
export { DAY_MS, HOUR_MS, MINUTE_MS, SECOND_MS } from './durations.js';
export { withTimeout } from './with-timeout.js';
