-- Signatures of the records that gateways load (libs/engine/record-signatures, ADR 22).
CREATE TABLE "record_signature" (
    "kind" TEXT NOT NULL,
    "record_id" UUID NOT NULL,
    "version" BIGINT NOT NULL,
    "statement" TEXT NOT NULL,
    "signature" TEXT NOT NULL,
    "changed_in" BIGINT NOT NULL DEFAULT 0,

    CONSTRAINT "record_signature_pkey" PRIMARY KEY ("kind", "record_id")
);

CREATE INDEX "record_signature_changed_in_idx" ON "record_signature" ("changed_in");

-- A version only ever grows, by one: an older signature cannot be put back. Which transaction wrote the row is
-- not for its writer to say; gateways read by it what they have not seen yet.
CREATE FUNCTION "record_signature_moves_on"() RETURNS trigger LANGUAGE plpgsql
SET search_path = public, pg_temp
AS $$
BEGIN
    IF NEW."version" <> (CASE TG_OP WHEN 'INSERT' THEN 1 ELSE OLD."version" + 1 END) THEN
        RAISE EXCEPTION 'the version of a record''s signature grows by one' USING ERRCODE = 'check_violation';
    END IF;
    NEW."changed_in" := pg_current_xact_id()::text::bigint;
    RETURN NEW;
END $$;
CREATE TRIGGER "record_signature_moves_on" BEFORE INSERT OR UPDATE ON "record_signature" FOR EACH ROW
    EXECUTE FUNCTION "record_signature_moves_on"();

-- The epoch moves by this function only: the application's roles may not write the row. It runs as its owner,
-- the migrating role.
ALTER FUNCTION "epoch_move"(BOOLEAN, BOOLEAN) SECURITY DEFINER;
REVOKE ALL ON FUNCTION "epoch_move"(BOOLEAN, BOOLEAN) FROM PUBLIC;

-- A binding that is removed, also past the commands: what was issued to its client is nobody's until it is
-- bound again (invariant I13).
CREATE FUNCTION "binding_leaves_its_client"() RETURNS trigger LANGUAGE plpgsql SECURITY DEFINER
SET search_path = public, pg_temp
AS $$
BEGIN
    INSERT INTO unbound_client (issuer_id, client_id, unbound_at)
    VALUES (OLD."issuer_id", OLD."subject", now()) ON CONFLICT DO NOTHING;
    RETURN NULL;
END $$;
CREATE TRIGGER "binding_leaves_its_client" AFTER DELETE ON "binding" FOR EACH ROW
    WHEN (OLD."issuer_id" IS NOT NULL) EXECUTE FUNCTION "binding_leaves_its_client"();
