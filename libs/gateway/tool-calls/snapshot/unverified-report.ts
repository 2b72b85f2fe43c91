import type { UnverifiedRecord } from '#libs/engine/record-signatures';
import { gauge, type Logger } from '#libs/platform/telemetry';

const unverifiedRecords = gauge(
  'unverified_records',
  'Records that are not as they were signed, and so allow nothing.',
  ['kind'],
);

/** Says in the log and in the metrics which records do not verify: each once, as long as it does not. */
export class UnverifiedReport {
  #known: ReadonlySet<string> = new Set();

  report(unverified: readonly UnverifiedRecord[], logger: Pick<Logger, 'error'>): void {
    const now = new Map(unverified.map((record) => [`${record.kind}:${record.id}`, record]));
    for (const [name, record] of now)
      if (!this.#known.has(name))
        logger.error(record, 'a record is not as it was signed, and allows nothing');
    this.#known = new Set(now.keys());
    unverifiedRecords.reset();
    for (const { kind } of now.values()) unverifiedRecords.inc({ kind });
  }
}
