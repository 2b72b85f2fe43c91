export { abilityFor, can, isAllowed, packedRules } from './ability.js';
export { permissionDenied } from './permission-denied.js';
export {
  ACTIONS,
  type Action,
  type Permission,
  type SubjectName,
  type Subjects,
} from './subjects.js';
