import type { CommandContext, SecondPerson } from '#libs/engine/commands';
import type { Subjects } from '#libs/platform/access';
import { DomainError } from '#libs/platform/kernel';
import type { LoadedVersion } from './policies.repository.js';

type Version = Subjects['PolicyVersion'];

/**
 * Who confirms a publication: security for a policy, IT for an access grant; never who wrote the version, nor who asked
 * for the access, also when somebody else proposes its publication. An author never publishes alone.
 */
export const secondPersonFor = async (
  ctx: CommandContext,
  version: LoadedVersion,
): Promise<SecondPerson> => {
  const { kind, policyName, number, proposedById, requestedById } = version;
  const isAccessGrant = kind === 'access_grant';
  return {
    explanation: isAccessGrant
      ? `The access grant ${policyName} would be in force.`
      : `Version ${number} of the policy ${policyName} would be in force.`,
    roles: [isAccessGrant ? 'it' : 'security'],
    concerns: [proposedById, requestedById].filter((id) => id !== null),
    rights: await ctx.rightsOf(isAccessGrant ? { agentIds: agentsOf(version) } : {}),
    neverAlone: true,
  };
};

const agentsOf = ({ bindings }: LoadedVersion): string[] =>
  bindings.flatMap(({ kind, id }) => (kind === 'agent' ? [id] : []));

/** Why this actor may neither publish nor reject this version. */
export const whyNotDecide = ({ state, kind }: Version): DomainError => {
  if (state !== 'in_review') return notInReview(state);
  return new DomainError(
    'forbidden',
    kind === 'access_grant'
      ? 'This is for IT, and for the person who drafted the access grant. Ask one of them.'
      : 'This is for security. Ask a colleague there.',
  );
};

/** Only a version in review is published or rejected. */
export const notInReview = (state: string): DomainError =>
  new DomainError(
    'conflict',
    `This version is ${state.replaceAll('_', ' ')}: only a version in review can be decided.`,
  );

/** Somebody else decided first. */
export const alreadyDecided = (): DomainError =>
  new DomainError('conflict', 'Someone else has decided this version. Reload it.');

/** Only what is in force can be ended, and only access grants end. */
export const notAnActiveAccessGrant = ({
  kind,
  state,
}: Pick<Version, 'kind' | 'state'>): DomainError =>
  new DomainError(
    'conflict',
    kind === 'access_grant'
      ? `This access grant is ${state.replaceAll('_', ' ')}: only one in force can be ended.`
      : 'Only an access grant can be ended; propose a version of the policy instead.',
  );
