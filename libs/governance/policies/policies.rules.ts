import { can, type Subjects } from '#libs/platform/access';
import { DomainError, type Actor } from '#libs/platform/kernel';

type Version = Subjects['PolicyVersion'];
type DecisionOn = 'publish' | 'reject';

const WORDS = {
  policy: { thing: 'policies', their: 'their own proposal', who: 'security' },
  access_grant: { thing: 'access grants', their: 'an access grant that they drafted', who: 'IT' },
} as const;

/** Why this actor may not publish or reject this version, as exactly as they may know. */
export const decisionRejection = (
  actor: Actor,
  action: DecisionOn,
  version: Version,
): DomainError => {
  const { thing, their, who } = WORDS[version.kind];
  const might = (over: Partial<Version>, as = actor): boolean =>
    can(as, action, 'PolicyVersion', { ...version, ...over });
  const inReview = { state: 'in_review' };
  if (version.state !== 'in_review' && might(inReview)) {
    const state = version.state.replaceAll('_', ' ');
    const message = `This version is ${state}: only a version in review can be decided.`;
    return new DomainError('conflict', message);
  }
  if (might({ ...inReview, proposedById: null })) {
    const message = `Nobody may ${action} ${their}. Ask another person in ${who}.`;
    return new DomainError('forbidden', message);
  }
  if (might({ ...inReview, proposedById: null, requestedById: null })) {
    const message = `Nobody may ${action} an access grant that they asked for. Ask another person in ${who}.`;
    return new DomainError('forbidden', message);
  }
  if (might({ ...inReview, proposedById: null, requestedById: null }, withoutCoolingOff(actor))) {
    const message = `Your role in ${who} is too new, or only an emergency's, to ${action} ${thing}. Ask another person in ${who}.`;
    return new DomainError('forbidden', message);
  }
  return new DomainError('forbidden', `Your roles do not let you ${action} ${thing}.`);
};

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

/** The same person, with no role in its cooling-off period. */
const withoutCoolingOff = (actor: Actor): Actor =>
  actor.kind === 'person' ? { ...actor, coolingOffRoles: [] } : actor;
