import type { CommandWriter } from '#libs/engine/ledger';
import type { Clock } from '#libs/platform/kernel';
import type { Tx } from '#libs/platform/db';

/**
 * One transaction in which commands are tried and undone: what would be committed becomes a savepoint of it. The
 * ledger is left out, because nothing of it remains.
 */
export class HeldTransaction {
  /** The time that commands have; it can be put forward. */
  now = new Date();
  #tx: Tx | undefined;
  #savepoints = 0;

  get tx(): Tx {
    if (this.#tx === undefined) throw new Error('no transaction is held');
    return this.#tx;
  }

  /** Has commands work in this transaction. */
  hold(tx: Tx): void {
    this.#tx = tx;
    this.now = new Date();
  }

  get clock(): Clock {
    return { now: () => this.now };
  }

  /** In place of the writer of the ledger: does the work, and undoes it when it throws. */
  get writer(): CommandWriter {
    const commit = (_db: unknown, work: (tx: Tx) => Promise<{ result: unknown }>) =>
      this.#savepoint(async () => ({ result: (await work(this.tx)).result }), false);
    return { commit, commitAll: commit } as unknown as CommandWriter;
  }

  /** Does the work and undoes it, whatever came of it. */
  undone<T>(work: () => Promise<T>): Promise<T> {
    const { now } = this;
    return this.#savepoint(work, true).finally(() => {
      this.now = now;
    });
  }

  async #savepoint<T>(work: () => Promise<T>, isUndone: boolean): Promise<T> {
    this.#savepoints += 1;
    const name = `matrix_${this.#savepoints}`;
    await this.tx.$executeRawUnsafe(`SAVEPOINT ${name}`);
    const undo = () =>
      this.tx.$executeRawUnsafe(`ROLLBACK TO SAVEPOINT ${name}; RELEASE SAVEPOINT ${name}`);
    try {
      const result = await work();
      if (isUndone) await undo();
      else await this.tx.$executeRawUnsafe(`RELEASE SAVEPOINT ${name}`);
      return result;
    } catch (error) {
      await undo();
      throw error;
    }
  }
}
