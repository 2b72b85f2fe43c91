import type { AbilityBuilder, MongoAbility } from '@casl/ability';
import type { Actor } from '#libs/platform/kernel';
import type { Action, SubjectName } from './subjects.js';

/** What an actor may do; ask with `can` of ability.ts. */
export type PersonAbility = MongoAbility<[Action, SubjectName | object]>;

/** Adds a rule to an ability: what may be done to what, on which conditions. */
export type AddRule = AbilityBuilder<PersonAbility>['can'];

/** Whose ability it is, where a person acts. */
export type Person = Extract<Actor, { kind: 'person' }>;
