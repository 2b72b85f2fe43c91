import { createMongoAbility, subject as asSubject, type MongoAbility } from '@casl/ability';
import type {
  AccessRequest,
  Agent,
  PolicyVersion,
  ProposedChange,
  Session,
  PersonDetail,
} from '../api/types.js';

type Rule = Session['rules'][number];
export type Action = Rule['action'][number];
export type SubjectName = Rule['subject'][number];
export type Ability = MongoAbility<[Action, SubjectName | object]>;

/** What the signed-in person may do, by the rules that the API sent and itself enforces. */
export const abilityOf = (session: Session | null): Ability =>
  createMongoAbility<Ability>(session?.rules ?? [], {
    anyAction: 'any action',
    anySubjectType: 'any subject',
  });

/** Whether this may be done: to some instance at all, or to the one given. */
export const can = (
  ability: Ability,
  action: Action,
  subject: SubjectName,
  instance?: Record<string, unknown>,
): boolean =>
  ability.can(action, instance === undefined ? subject : asSubject(subject, { ...instance }));

/** The fields that rules about agents look at. */
export const agentFacts = (agent: Agent): Record<string, unknown> => ({
  id: agent.id,
  teamId: agent.team.id,
  ownerId: agent.owner.id,
  stoppedBySecurity: agent.stoppedBySecurity,
});

/** The fields that rules about people look at. */
export const personFacts = (person: PersonDetail): Record<string, unknown> => ({
  id: person.id,
  stoppedBySecurity: person.stoppedBySecurity,
});

/** The fields that rules about policy versions look at. */
export const versionFacts = (version: PolicyVersion): Record<string, unknown> => ({
  id: version.id,
  kind: version.kind,
  proposedById: version.proposedBy?.id ?? null,
  requestedById: version.accessRequest?.requestedBy.id ?? null,
  state: version.state,
});

/** The fields that rules about access requests look at. */
export const accessRequestFacts = (request: AccessRequest): Record<string, unknown> => ({
  id: request.id,
  state: request.state,
  requestedById: request.requestedBy.id,
  agentTeamId: request.agent.teamId,
  toolOwnerId: request.tool.owner.id,
  toolTeamId: request.tool.teamId,
  canOwnerDraft: request.canOwnerDraft,
});

/** The fields that rules about proposed changes look at. */
export const proposedChangeFacts = (change: ProposedChange): Record<string, unknown> => ({
  id: change.id,
  state: change.state,
  proposedById: change.proposedBy?.id ?? null,
  confirmerIds: change.confirmers.people.map(({ id }) => id),
  confirmerRoles: change.confirmers.roles,
});
