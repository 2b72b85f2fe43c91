// Other forms of ledger_append, for the bench's own databases only: made from the migration's text, so
// that they differ from the product's in the guard and in nothing else.
import { readdirSync, readFileSync } from 'node:fs';
import { inRoot } from '../lib/paths.mjs';

const START = /CREATE (?:OR REPLACE )?FUNCTION "ledger_append"\(/;
const LOCK = `PERFORM pg_advisory_xact_lock_shared(4711001);
        SELECT value INTO STRICT v_epoch FROM epoch WHERE id = 1;`;
const COMPARISON = `
        IF v_epoch <> p_epoch THEN
            RETURN v_epoch;
        END IF;`;

const productText = () => {
  const migrations = readdirSync(inRoot('prisma/migrations'), { withFileTypes: true })
    .filter((entry) => entry.isDirectory())
    .map(({ name }) => name)
    .sort();
  const texts = migrations.map((name) =>
    readFileSync(inRoot('prisma/migrations', name, 'migration.sql'), 'utf8'),
  );
  const newest = texts.findLast((text) => START.test(text));
  const from = newest.search(START);
  const to = newest.indexOf('\n$$;', from) + '\n$$;'.length;
  return newest.slice(from, to).replace(START, 'CREATE OR REPLACE FUNCTION "ledger_append"(');
};

const replacing = (what, by) => {
  const parts = productText().split(what);
  if (parts.length !== 2) throw new Error('the guard in ledger_append reads otherwise by now');
  return parts.join(by);
};

/** As the product has it. */
export const guarded = productText;

/** Takes any epoch for the right one: no lock, no look at the row. */
export const unguarded = () => replacing(LOCK + COMPARISON, 'v_epoch := p_epoch;');

/** Holds the epoch's row itself instead of an advisory lock; the bump's UPDATE waits for it. */
export const rowLocked = () =>
  replacing(LOCK, 'SELECT value INTO STRICT v_epoch FROM epoch WHERE id = 1 FOR SHARE;');
