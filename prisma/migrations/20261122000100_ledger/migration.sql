-- What libs/ledger does in the database (docs/ledger.md). A chain has two advisory locks: its writer's
-- connection holds the first for as long as the chain lives, every append holds the second shared and
-- whoever closes a dead chain holds it exclusively, so that nothing can follow a close.

CREATE FUNCTION "ledger_life_lock"("p_chain" UUID) RETURNS BIGINT
LANGUAGE sql IMMUTABLE STRICT PARALLEL SAFE
RETURN hashtextextended("p_chain"::text, 4711002);

CREATE FUNCTION "ledger_append_lock"("p_chain" UUID) RETURNS BIGINT
LANGUAGE sql IMMUTABLE STRICT PARALLEL SAFE
RETURN hashtextextended("p_chain"::text, 4711003);

-- Appends a batch to one chain, whole or not at all, in one round trip. With p_epoch, only if that is
-- still the epoch: the lock is the one that libs/db's bumpEpoch takes exclusively, and the row is read
-- in a statement of its own after it, so a revocation that committed first is always seen. Answers the
-- epoch it saw (NULL when unguarded), and nothing was written if that is not p_epoch.
CREATE FUNCTION "ledger_append"(
    "p_epoch" BIGINT,
    "p_chain" UUID,
    "p_first_seq" BIGINT,
    "p_prev" BYTEA,
    "p_hashes" BYTEA[],
    "p_ids" UUID[],
    "p_types" TEXT[],
    "p_ats" TIMESTAMPTZ[],
    "p_actor_kinds" TEXT[],
    "p_actor_ids" TEXT[],
    "p_subject_kinds" TEXT[],
    "p_subject_ids" TEXT[],
    "p_call_ids" UUID[],
    "p_datas" JSONB[],
    "p_payload_entry_ids" UUID[],
    "p_payload_names" TEXT[],
    "p_payload_salts" BYTEA[],
    "p_payload_contents" TEXT[]
) RETURNS BIGINT
LANGUAGE plpgsql VOLATILE
SET search_path = public, pg_temp
-- The look-up of a close is planned once a session, often while the table is still small.
SET enable_seqscan = off
AS $$
DECLARE
    v_epoch BIGINT;
BEGIN
    -- Both guards need each statement to see what has committed before it.
    IF current_setting('transaction_isolation') <> 'read committed' THEN
        RAISE EXCEPTION 'the ledger is appended to under READ COMMITTED' USING ERRCODE = 'GH002';
    END IF;

    IF p_epoch IS NOT NULL THEN
        PERFORM pg_advisory_xact_lock_shared(4711001);
        SELECT value INTO STRICT v_epoch FROM epoch WHERE id = 1;
        IF v_epoch <> p_epoch THEN
            RETURN v_epoch;
        END IF;
    END IF;

    PERFORM pg_advisory_xact_lock_shared(ledger_append_lock(p_chain));
    PERFORM 1 FROM ledger_entry
    WHERE subject_kind = 'chain' AND subject_id = p_chain::text AND type = 'chain.closed';
    IF FOUND THEN
        RAISE EXCEPTION 'the chain is closed' USING ERRCODE = 'GH001';
    END IF;

    INSERT INTO ledger_entry (chain, seq, id, format, prev, hash, type, at, actor_kind, actor_id,
                              subject_kind, subject_id, call_id, data)
    SELECT p_chain, p_first_seq + e.n - 1, e.id, 1, e.prev, e.hash, e.type, e.at, e.actor_kind, e.actor_id,
           e.subject_kind, e.subject_id, e.call_id, e.data
    FROM unnest(array_prepend(p_prev, trim_array(p_hashes, 1)), p_hashes, p_ids, p_types, p_ats,
                p_actor_kinds, p_actor_ids, p_subject_kinds, p_subject_ids, p_call_ids, p_datas)
         WITH ORDINALITY
         AS e(prev, hash, id, type, at, actor_kind, actor_id, subject_kind, subject_id, call_id, data, n);

    IF cardinality(p_payload_entry_ids) > 0 THEN
        INSERT INTO ledger_payload (entry_id, name, salt, content)
        SELECT * FROM unnest(p_payload_entry_ids, p_payload_names, p_payload_salts, p_payload_contents);
    END IF;

    RETURN v_epoch;
END
$$;
