export { abilityFor, can, isAllowed, packedRules, type PersonAbility } from './ability.js';
export {
  ACTIONS,
  type Action,
  type Permission,
  type SubjectName,
  type Subjects,
} from './subjects.js';
