import type { BatchedCommand, BatchedResult } from '#libs/engine/commands';
import { DomainError } from '#libs/platform/kernel';
import type { Done } from '../resource/change-input.js';
import type { ScimResources } from '../resource/scim-resources.js';
import {
  readOperation,
  referencesOf,
  batchedCommandOf,
  unresolvable,
  type BulkOperation,
} from './bulk-operation.js';

/** What came of an operation. */
export type BulkOutcome = { done: Done } | { error: DomainError };

/** An operation of a bulk request as it stands. */
export interface BulkItem {
  method: string;
  operation: BulkOperation | null;
  outcome: BulkOutcome | null;
}

/**
 * Carries out the operations of one request in order; one that refers to another waits for it. Each result
 * decides what comes next: a failed reference fails what waits for it, and after `failOnErrors` failures
 * nothing more is begun.
 */
export class BulkRun {
  readonly items: readonly BulkItem[];
  readonly #ids = new Map<string, string>();
  #running: BulkItem | null = null;

  constructor(
    operations: readonly unknown[],
    private readonly resources: ScimResources,
    private readonly failOnErrors: number,
  ) {
    this.items = operations.map((raw) => this.#itemOf(raw));
  }

  /** The next command, given what came of those before; null when the request is done with. */
  next(results: readonly BatchedResult[]): BatchedCommand | null {
    const last = results.at(-1);
    if (this.#running !== null && last !== undefined) this.#settle(this.#running, last);
    this.#running = null;
    while (this.#failures() < this.failOnErrors) {
      const item = this.items.find((one) => one.outcome === null && this.#isReady(one));
      const operation = item?.operation ?? null;
      if (item === undefined || operation === null) {
        // Each that is left waits for an operation that failed, for itself, or for one that does not exist.
        const stuck = this.items.find(({ outcome }) => outcome === null);
        if (stuck === undefined) return null;
        stuck.outcome = { error: unresolvable() };
        continue;
      }
      try {
        const step = batchedCommandOf(operation, this.#ids);
        this.#running = item;
        return step;
      } catch (error) {
        item.outcome = { error: asDomainError(error) };
      }
    }
    return null;
  }

  #itemOf(raw: unknown): BulkItem {
    const method = typeof raw === 'object' && raw !== null && 'method' in raw ? raw.method : '';
    const item = { method: typeof method === 'string' ? method.slice(0, 10).toUpperCase() : '' };
    try {
      return { ...item, operation: readOperation(raw, this.resources), outcome: null };
    } catch (error) {
      return { ...item, operation: null, outcome: { error: asDomainError(error) } };
    }
  }

  #settle(item: BulkItem, result: BatchedResult): void {
    if ('error' in result) {
      item.outcome = { error: result.error };
      return;
    }
    const done = result.output as Done;
    item.outcome = { done };
    const { bulkId = null, method } = item.operation ?? {};
    if (bulkId !== null && method === 'POST') this.#ids.set(bulkId, done.id);
  }

  #isReady({ operation }: BulkItem): boolean {
    return operation !== null && referencesOf(operation).every((id) => this.#ids.has(id));
  }

  #failures(): number {
    return this.items.filter(({ outcome }) => outcome !== null && 'error' in outcome).length;
  }
}

const asDomainError = (error: unknown): DomainError => {
  if (error instanceof DomainError) return error;
  throw error;
};
