export { abilityFor, can, isAllowed, rulesOf } from './ability.js';
export { readableFilter, readableWhere, type FieldTest, type FilterLanguage } from './readable.js';
export { notFound, permissionDenied } from './permission-denied.js';
export { releasedBySecurity, stopsForSecurity } from './security-stop.js';
export {
  ACTIONS,
  SUBJECT_NAMES,
  type Action,
  type Permission,
  type SubjectName,
  type Subjects,
} from './subjects.js';
