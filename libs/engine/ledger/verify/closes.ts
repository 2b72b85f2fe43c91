import type pg from 'pg';

/** What a `chain.closed` says of where its chain ends. */
export interface ChainClose {
  /** The closing entry's own place. */
  by: { chain: string; seq: number; id: string };
  lastSeq: number;
  lastHash: string;
}

interface CloseRow {
  chain: string;
  seq: string;
  id: string;
  of: string | null;
  last_seq: string | null;
  last_hash: string | null;
}

/** Every close by the chain it names; the first in time when there are several. */
export const readCloses = async (client: pg.ClientBase): Promise<Map<string, ChainClose>> => {
  const { rows } = await client.query<CloseRow>(
    `SELECT chain::text, seq::text, id::text, data->>'chain' AS of, data->>'lastSeq' AS last_seq,
            data->>'lastHash' AS last_hash
     FROM ledger_entry WHERE type = 'chain.closed' ORDER BY id DESC`,
  );
  return new Map(
    rows.map((row) => [
      row.of ?? '',
      {
        by: { chain: row.chain, seq: Number(row.seq), id: row.id },
        lastSeq: Number(row.last_seq),
        lastHash: row.last_hash ?? '',
      },
    ]),
  );
};
