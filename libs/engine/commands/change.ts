import type { Actor, Json } from '#libs/platform/kernel';
import type { CommandEntryData } from '#libs/engine/ledger';
import type { SignedKind } from '#libs/engine/record-signatures';
import type { Tx } from '#libs/platform/db';
import type { Rights, RightsReach } from './second-person/rights.js';
import type { JobName, JobPayload } from '#libs/platform/queue';

/** What a command works with; passed on explicitly, never ambient. */
export interface CommandContext {
  /** The command's one transaction. */
  tx: Tx;
  actor: Actor;
  /** Who agreed to the actor's change as the second person; null: it took none, or is only tried. */
  confirmedBy: Confirmer | null;
  now: Date;
  /** For how long a new way to a role does not count as a second person. */
  coolingOffHours: number;
  /** Writes a follow-up to the outbox: it is queued if, and only if, the command commits. */
  readonly enqueue: <N extends JobName>(name: N, payload: JobPayload<N>) => Promise<void>;
  /**
   * Names records that gateways load, before they are changed or made: they are held and verified, and signed
   * with the command's entry. A record that is changed without being named is not valid.
   */
  readonly signs: (kind: SignedKind, ids: readonly string[]) => Promise<void>;
  /** The same for records that the command makes under ids of its own. */
  readonly signsNew: (kind: SignedKind, ids: readonly string[]) => void;
  /** Says that what the command ended changed rights, whatever the command declares: the epoch moves. */
  readonly changesRights: () => void;
  /** Lets every library end what depends on somebody's access; the entry states what that was. */
  readonly endAccess: (subject: AccessEnded) => Promise<void>;
  /** What agents may call now, under the policies in force. */
  readonly rightsOf: (reach: RightsReach) => Promise<Rights>;
}

/** A second person who agreed, and what they said of it. */
export interface Confirmer {
  actor: Actor;
  note: string;
}

/** What rules may select an agent by, besides its id. */
export interface AgentTraits {
  teamId: string;
  riskTier: 'low' | 'medium' | 'high';
  tags: readonly string[];
}

type ToolClass = 'read' | 'write' | 'destructive';

/**
 * Whose access ends, and why. Who is only signed out may come again with what is issued from now on; what
 * an agent had by traits that it no longer has, a tool by its class, and people by a group that is gone, ends,
 * too.
 */
export type AccessEnded =
  | { kind: 'person'; id: string; reason: 'deactivated' | 'signed_out' }
  | { kind: 'agent'; id: string; reason: 'suspended' | 'retired' | 'signed_out' }
  | { kind: 'agent'; id: string; reason: 'changed'; before: AgentTraits; after: AgentTraits }
  | { kind: 'tool'; id: string; reason: 'classified'; before: ToolClass }
  | { kind: 'group'; id: string; name: string; reason: 'deleted' }
  | { kind: 'emergency'; id: string; reason: 'ended' }
  | ProposalEnded;

/** A proposed change is not made: what waited for it does not wait any more. The id is that of what it is about. */
export interface ProposalEnded {
  kind: 'proposal';
  id: string;
  reason: 'rejected' | 'withdrawn';
  command: string;
  note: string;
}

/**
 * What a library ends in its own tables when somebody's access ends. It works in the transaction of the
 * command that ends it, and answers facts for that command's entry. Each library exports its own; apps put
 * the list together, in the order in which it runs.
 */
export type OnAccessEnded = (
  ctx: CommandContext,
  subject: AccessEnded,
) => Promise<CommandEntryData['facts']>;

/** What a command did, for its caller and for the ledger; without it the command has not returned. */
export interface Change<Output> {
  output: Output;
  /** What was changed. The name goes into a payload, the id into the entry. */
  subject: { id: string; name: string };
  /** Ids, enums and numbers that were changed: nobody's words, nobody's name. */
  facts: CommandEntryData['facts'];
  /** Names of others who take part, for example `proposer`. */
  names?: Record<string, string>;
  /** Why, in the actor's words. */
  reason?: string;
  /** Nobody's rights changed after all, though the command may change them: the epoch stays. */
  keepsRights?: boolean;
  /** More of what changed, kept apart from the hash. */
  changes?: Json;
}
