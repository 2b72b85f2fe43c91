export { Command } from './command.js';
export { changeOf, command } from './define-command.js';
export { ApiProposed, commandRoute, commandRoutes, commandRouteThen } from './command-routes.js';
export { CommandRuntime } from './command-runtime.js';
export type {
  AccessEnded,
  AgentTraits,
  Change,
  CommandContext,
  OnAccessEnded,
  ProposalEnded,
} from './change.js';
export { recordRejection, REJECTED_REQUEST } from './record-rejection.js';
export { commandNames, type AnyCommand, type CommandClass } from './any-command.js';
export { executeTogether, type BatchedCommand, type BatchedResult } from './execute-together.js';
export { executeThen } from './execute-then.js';
export { isStorable } from './storable.js';
/** A second person for what widens rights. */
export { assertSettled } from './second-person/propose.js';
export {
  ChangeProposedError,
  proposedChangeRefSchema,
  type ProposedChangeRef,
  type SecondPerson,
} from './second-person/second-person.js';
export {
  pairEffectSchema,
  type ReadRights,
  type Rights,
  type RightsReach,
} from './second-person/rights.js';
export { whyNotConfirm } from './second-person/why-not-confirm.js';
export { confirmableWhere } from './second-person/confirmable-where.js';
export {
  decideProposedChange,
  openWhere,
  endProposalsOf,
  findOpenProposal,
  lockProposedChange,
  openContent,
  type ProposedChange,
} from './second-person/proposed-changes.repository.js';
export { onAccessEnded } from './access-ended.js';
/** What was done by emergency access alone. */
export { emergencyWords } from './emergency/emergency-rule.js';
export { undoEmergencyChanges } from './emergency/undo-emergency-changes.js';
export {
  hasOpenEmergencyChanges,
  keepEmergencyChanges,
  lockOpenEmergencyChanges,
  type EmergencyChange,
} from './emergency/emergency-changes.repository.js';
