import type { LinkedBatch } from './link-entries.js';

/** The one statement that writes a batch; its parameters are {@link appendValues}. */
export const APPEND_SQL = `SELECT ledger_append($1::bigint, $2::uuid, $3::bigint, $4::bytea, $5::bytea[],
  $6::uuid[], $7::text[], $8::timestamptz[], $9::text[], $10::text[], $11::text[], $12::text[],
  $13::uuid[], $14::jsonb[], $15::uuid[], $16::text[], $17::bytea[], $18::text[]) AS epoch`;

/** A batch as the text form of the function's parameters. */
export const appendValues = (batch: LinkedBatch, epoch: bigint | null): (string | null)[] => {
  const { entries, before } = batch;
  const payloads = entries.flatMap(({ id, payloads: own }) => own.map((p) => ({ id, ...p })));
  return [
    epoch === null ? null : String(epoch),
    batch.chain,
    String(before.seq + 1),
    `\\x${before.hash}`,
    bytesArray(batch.hashes),
    textArray(entries, (entry) => entry.id),
    textArray(entries, (entry) => entry.type),
    textArray(entries, (entry) => entry.at),
    textArray(entries, (entry) => entry.actorKind),
    textArray(entries, (entry) => entry.actorId),
    textArray(entries, (entry) => entry.subjectKind),
    textArray(entries, (entry) => entry.subjectId),
    textArray(entries, (entry) => entry.callId),
    textArray(entries, (entry) => entry.data),
    textArray(payloads, (payload) => payload.id),
    textArray(payloads, (payload) => payload.name),
    bytesArray(payloads.map((payload) => payload.saltHex)),
    textArray(payloads, (payload) => payload.content),
  ];
};

const bytesArray = (hexes: readonly string[]): string =>
  hexes.length === 0 ? '{}' : `{"\\\\x${hexes.join('","\\\\x')}"}`;

const textArray = <T>(items: readonly T[], pick: (item: T) => string | null): string => {
  let literal = '{';
  for (const item of items) {
    const value = pick(item);
    if (literal.length > 1) literal += ',';
    literal += value === null ? 'NULL' : `"${escape(value)}"`;
  }
  return `${literal}}`;
};

const escape = (value: string): string =>
  value.includes('"') || value.includes('\\') ? value.replace(/["\\]/g, '\\$&') : value;
