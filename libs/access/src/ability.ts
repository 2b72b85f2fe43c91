import {
  AbilityBuilder,
  createMongoAbility,
  subject as asSubject,
  type MongoAbility,
} from '@casl/ability';
import { packRules } from '@casl/ability/extra';
import type { Actor, Role } from '#libs/kernel';
import type { Action, Permission, SubjectName, Subjects } from './subjects.js';

/** What an actor may do; ask with {@link may}. */
export type PersonAbility = MongoAbility<[Action, SubjectName | object]>;

type Person = Extract<Actor, { kind: 'person' }>;
type Builder = AbilityBuilder<PersonAbility>;

const READABLE: readonly SubjectName[] = [
  'Overview',
  'Agent',
  'ToolServer',
  'Tool',
  'Policy',
  'PolicyVersion',
  'Call',
  'LedgerEntry',
  'Person',
  'Team',
  'Issuer',
];

// One function a role: what it adds. Nothing is taken away, so a person with two roles has both.
const GRANT_ROLE: Record<Role, (may: Builder['can'], person: Person) => void> = {
  it: (may) => {
    may('read', [...READABLE]);
    may(['register', 'bind', 'activate', 'suspend'], 'Agent');
    may('register', 'ToolServer');
  },
  security: (may, person) => {
    may('read', [...READABLE]);
    may('suspend', 'Agent');
    may('propose', 'PolicyVersion');
    // IT registers a tool server, security says what its tools do: two people.
    may('classify', 'Tool');
    // Nobody publishes their own proposal (invariant P10); withdrawing it harms nobody.
    may('publish', 'PolicyVersion', { state: 'in_review', proposedById: { $ne: person.id } });
    may('reject', 'PolicyVersion', { state: 'in_review' });
    may('verify', 'LedgerEntry');
  },
  grc: (may) => {
    may('read', [...READABLE]);
    may('verify', 'LedgerEntry');
  },
  developer: (may, person) => {
    may('read', ['Overview', 'ToolServer', 'Tool', 'Policy', 'PolicyVersion', 'Team']);
    may('read', 'Agent', { teamId: { $in: [...person.teamIds] } });
    may('read', 'Call', { agentTeamId: { $in: [...person.teamIds] } });
  },
  office: (may) => {
    may('read', ['Overview', 'Agent', 'ToolServer', 'Tool', 'Policy', 'PolicyVersion', 'Call']);
    may('read', ['Person', 'Team']);
  },
};

/**
 * The one definition of what roles may do; the API enforces it and the console shows only what it
 * allows. An agent has no rights here; the installation itself may do anything it is coded to do.
 */
export const abilityFor = (actor: Actor): PersonAbility => {
  const builder = new AbilityBuilder<PersonAbility>(createMongoAbility);
  if (actor.kind === 'person') {
    // Whoever has a role may sign in; signing out needs none.
    if (actor.roles.length > 0) builder.can('start', 'Session', { personId: actor.id });
    builder.can('end', 'Session', { personId: actor.id });
    for (const role of actor.roles) GRANT_ROLE[role](builder.can, actor);
  }
  return builder.build({ anyAction: 'any action', anySubjectType: 'any subject' });
};

/** Whether the actor may do this to anything of the kind at all: for menus and routes, not for acts. */
export const mayEver = (actor: Actor, permission: Permission): boolean =>
  actor.kind === 'system' || abilityFor(actor).can(permission.action, permission.subject);

/** Whether the actor may do this to this very instance. */
export const may = <S extends SubjectName>(
  actor: Actor,
  action: Action,
  subjectName: S,
  instance: Subjects[S],
): boolean =>
  actor.kind === 'system' || abilityFor(actor).can(action, asSubject(subjectName, { ...instance }));

/** The actor's rules for the console, as CASL's packRules writes them. */
export const packedRules = (actor: Actor): unknown[][] => packRules(abilityFor(actor).rules);
