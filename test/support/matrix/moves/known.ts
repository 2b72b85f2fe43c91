import type { MadeTable } from '../made-tables.js';

/** What the attackers can name: what was there, themselves, and what they made in this sequence. */
export interface Known {
  /** The organisation's, by the words of organisation.ts. */
  readonly the: (word: string) => string;
  readonly me: string;
  readonly mate: string | null;
  /** An account of theirs without a role. */
  readonly spare: string;
  /** The agent that they run already. */
  readonly own: string;
  readonly alert: string;
  /** Their open emergency access, if they began with one. */
  readonly emergency: string | null;
  /** The newest of what the first step made, if it made any. */
  readonly made: Readonly<Record<MadeTable, string | null>>;
}

/** The inputs with which attackers gain most by each command, from what they can name. */
export type Moves = Readonly<Record<string, (known: Known) => object[]>>;

/** What they say of everything that they do. */
export const reason = 'as agreed';

/** Those of the ids that there are. */
export const some = (...ids: (string | null)[]): string[] => ids.filter((id) => id !== null);

/** Agents that are worth something, and the attackers' own. */
export const agents = ({ the, own, made }: Known): string[] =>
  some(
    ...['payer', 'desktop', 'unbound', 'draft', 'stopped', 'tampered'].map(the),
    own,
    made.agent,
  );
