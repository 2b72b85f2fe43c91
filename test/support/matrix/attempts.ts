import { ChangeProposedError, type AnyCommand } from '#libs/engine/commands';
import { DomainError, HOUR_MS, systemActor, type Actor } from '#libs/platform/kernel';
import type { Step } from './findings.js';
import type { HeldTransaction } from './held-transaction.js';

/** How many steps were tried, and what came of them. */
export interface Counts {
  tried: number;
  done: number;
  proposed: number;
  rejected: number;
  errors: Record<string, string>;
}

/** Does single steps of a cast, with what others would do next: who confirms it, and the worker. */
export class Attempts {
  readonly counts: Counts = { tried: 0, done: 0, proposed: 0, rejected: 0, errors: {} };

  constructor(
    private readonly held: HeldTransaction,
    private readonly make: (name: string) => AnyCommand,
    private readonly people: readonly string[],
    private readonly waitsHours: number | undefined,
  ) {}

  /** Who did it: its actor, and who confirmed it; nobody when nothing came of it, not even a proposal. */
  async do({ actor, command, input }: Step): Promise<readonly string[]> {
    this.counts.tried += 1;
    try {
      await this.make(command).execute(actor, input);
      this.counts.done += 1;
    } catch (error) {
      if (error instanceof ChangeProposedError) {
        this.counts.proposed += 1;
        const confirmer = await this.#confirm(command, error.proposedChange.id);
        return confirmer === undefined ? [actor.id] : [actor.id, confirmer];
      }
      this.counts.rejected += 1;
      if (!(error instanceof DomainError) || error.code === 'internal')
        this.counts.errors[command] = String(
          error instanceof Error ? (error.cause ?? error) : error,
        );
      else if (error.code === 'invalid_input' || error.code === 'unavailable')
        this.counts.errors[command] ??= error.message;
      return [];
    }
    await this.#discover();
    return [actor.id];
  }

  /** They agree to it wherever they can: at once, or when nobody else is there after a while; who did. */
  async #confirm(command: string, id: string): Promise<string | undefined> {
    for (const personId of this.people)
      if (await this.#confirmedBy(personId, command, id)) return personId;
    if (this.waitsHours === undefined) return undefined;
    this.held.now = new Date(this.held.now.getTime() + this.waitsHours * HOUR_MS);
    const [me] = this.people as [string];
    return (await this.#confirmedBy(me, command, id)) ? me : undefined;
  }

  async #confirmedBy(personId: string, command: string, id: string): Promise<boolean> {
    const actor: Actor = { kind: 'person', id: personId, name: '', roles: [], teamIds: [] };
    try {
      await this.make(command).confirm(actor, { id, subjectId: '', note: 'fine' });
      return true;
    } catch (error) {
      if (!(error instanceof DomainError)) throw error;
      return false;
    }
  }

  /** What the worker does then: it asks new tool servers for their tools. */
  async #discover(): Promise<void> {
    const { tx } = this.held;
    const servers = await tx.toolServer.findMany({
      where: { state: 'discovering' },
      select: { id: true, url: true },
    });
    for (const { id: serverId, url } of servers) {
      const names = /bank/i.test(url) ? ['balance', 'pay'] : ['grab'];
      const tools = names.map((name) => ({
        name,
        title: null,
        description: null,
        inputSchema: { type: 'object' },
        outputSchema: null,
        annotations: {},
        otherFields: {},
        classification: 'write',
        operation: null,
        definitionDigest: 'b'.repeat(64),
      }));
      await this.make('pin-tools').execute(systemActor('worker'), {
        found: true,
        serverId,
        url,
        tools,
        rejected: [],
        documentDigest: null,
      });
    }
  }
}
