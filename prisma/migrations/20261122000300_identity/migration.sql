-- Identity: bindings of every kind, people and groups from SCIM, delegations, stops, the token endpoint's
-- keys, Shared Signals, and what knocks without being known. Generated from prisma/schema.prisma; what is
-- moved rather than made, and what Prisma cannot say, stands at the end.

-- CreateEnum
CREATE TYPE "scim_link_attribute" AS ENUM ('external_id', 'employee_number');

-- CreateEnum
CREATE TYPE "orphan_rule" AS ENUM ('flag', 'reassign', 'suspend');

-- CreateEnum
CREATE TYPE "identity_link" AS ENUM ('added', 'setup_code', 'claim');

-- CreateEnum
CREATE TYPE "group_mapping_state" AS ENUM ('proposed', 'active', 'rejected', 'removed');

-- CreateEnum
CREATE TYPE "stop_scope" AS ENUM ('tool', 'server', 'everything');

-- CreateEnum
CREATE TYPE "access_request_state" AS ENUM ('open', 'drafted', 'granted', 'refused', 'withdrawn');

-- CreateEnum
CREATE TYPE "scim_client_kind" AS ENUM ('entra', 'okta', 'other');

-- CreateEnum
CREATE TYPE "signal_delivery" AS ENUM ('push', 'poll');

-- CreateEnum
CREATE TYPE "policy_kind" AS ENUM ('policy', 'grant');

-- AlterEnum
ALTER TYPE "role_name" ADD VALUE 'emergency';
ALTER TYPE "role_name" ADD VALUE 'owner';

-- AlterEnum
ALTER TYPE "binding_kind" ADD VALUE 'client';
ALTER TYPE "binding_kind" ADD VALUE 'key';

-- DropIndex
DROP INDEX "binding_issuer_id_kind_subject_key";

-- AlterTable
ALTER TABLE "issuer" ADD COLUMN "audiences" TEXT[],
ADD COLUMN     "keys_url" TEXT,
ADD COLUMN     "required_claims" JSONB NOT NULL DEFAULT '{}',
ADD COLUMN     "retired_at" TIMESTAMPTZ(3),
ADD COLUMN     "updated_at" TIMESTAMPTZ(3) NOT NULL DEFAULT CURRENT_TIMESTAMP;

-- AlterTable
ALTER TABLE "team" ADD COLUMN     "orphan_owner_id" UUID,
ADD COLUMN     "orphan_rule" "orphan_rule" NOT NULL DEFAULT 'suspend';

-- AlterTable
ALTER TABLE "person" ADD COLUMN     "tokens_revoked_before" TIMESTAMPTZ(3);

-- AlterTable
ALTER TABLE "person_role" ADD COLUMN     "assigned_at" TIMESTAMPTZ(3) NOT NULL DEFAULT CURRENT_TIMESTAMP,
ADD COLUMN     "assigned_by_id" UUID;

-- AlterTable
ALTER TABLE "agent" ADD COLUMN     "activated_at" TIMESTAMPTZ(3),
ADD COLUMN     "expires_at" TIMESTAMPTZ(3),
ADD COLUMN     "inactive_after_days" INTEGER,
ADD COLUMN     "orphaned_at" TIMESTAMPTZ(3),
ADD COLUMN     "retired_at" TIMESTAMPTZ(3),
ADD COLUMN     "tokens_revoked_before" TIMESTAMPTZ(3);

-- AlterTable
ALTER TABLE "binding" ADD COLUMN     "conditions" JSONB NOT NULL DEFAULT '[]',
ADD COLUMN     "conditions_digest" TEXT NOT NULL DEFAULT '',
ADD COLUMN     "public_key" JSONB,
ALTER COLUMN "issuer_id" DROP NOT NULL;

-- AlterTable
ALTER TABLE "policy" ADD COLUMN     "kind" "policy_kind" NOT NULL DEFAULT 'policy';

-- AlterTable
ALTER TABLE "epoch" ADD COLUMN     "people" BIGINT NOT NULL DEFAULT 0,
ADD COLUMN     "registry" BIGINT NOT NULL DEFAULT 0;

-- CreateTable
CREATE TABLE "sign_in_provider" (
    "issuer_id" UUID NOT NULL,
    "label" TEXT NOT NULL,
    "client_id" TEXT NOT NULL,
    "sealed_client_secret" TEXT NOT NULL,
    "link_claim" TEXT,
    "link_attribute" "scim_link_attribute",
    "enabled" BOOLEAN NOT NULL,
    "created_at" TIMESTAMPTZ(3) NOT NULL,
    "updated_at" TIMESTAMPTZ(3) NOT NULL,

    CONSTRAINT "sign_in_provider_pkey" PRIMARY KEY ("issuer_id")
);

-- CreateTable
CREATE TABLE "person_identity" (
    "issuer" TEXT NOT NULL,
    "subject" TEXT NOT NULL,
    "person_id" UUID NOT NULL,
    "linked_at" TIMESTAMPTZ(3) NOT NULL,
    "linked_by" "identity_link" NOT NULL,

    CONSTRAINT "person_identity_pkey" PRIMARY KEY ("issuer","subject")
);

-- CreateTable
CREATE TABLE "people_group" (
    "id" UUID NOT NULL,
    "display_name" TEXT NOT NULL,
    "display_name_folded" TEXT NOT NULL,
    "connection_id" UUID,
    "external_id" TEXT,
    "version" INTEGER NOT NULL DEFAULT 1,
    "created_at" TIMESTAMPTZ(3) NOT NULL,
    "updated_at" TIMESTAMPTZ(3) NOT NULL,

    CONSTRAINT "people_group_pkey" PRIMARY KEY ("id")
);

-- CreateTable
CREATE TABLE "group_member" (
    "group_id" UUID NOT NULL,
    "person_id" UUID NOT NULL,
    "added_at" TIMESTAMPTZ(3) NOT NULL,

    CONSTRAINT "group_member_pkey" PRIMARY KEY ("group_id","person_id")
);

-- CreateTable
CREATE TABLE "group_mapping" (
    "id" UUID NOT NULL,
    "group_id" UUID NOT NULL,
    "role" "role_name" NOT NULL,
    "state" "group_mapping_state" NOT NULL,
    "proposed_by_id" UUID NOT NULL,
    "proposed_at" TIMESTAMPTZ(3) NOT NULL,
    "decided_by_id" UUID,
    "decided_at" TIMESTAMPTZ(3),

    CONSTRAINT "group_mapping_pkey" PRIMARY KEY ("id")
);

-- CreateTable
CREATE TABLE "emergency_access" (
    "id" UUID NOT NULL,
    "person_id" UUID NOT NULL,
    "reason" TEXT NOT NULL,
    "started_at" TIMESTAMPTZ(3) NOT NULL,
    "ends_at" TIMESTAMPTZ(3) NOT NULL,
    "ended_at" TIMESTAMPTZ(3),

    CONSTRAINT "emergency_access_pkey" PRIMARY KEY ("id")
);

-- CreateTable
CREATE TABLE "alarm" (
    "id" UUID NOT NULL,
    "kind" TEXT NOT NULL,
    "subject_kind" TEXT NOT NULL,
    "subject_id" TEXT NOT NULL,
    "message" TEXT NOT NULL,
    "raised_at" TIMESTAMPTZ(3) NOT NULL,
    "acknowledged_by_id" UUID,
    "acknowledged_at" TIMESTAMPTZ(3),
    "acknowledged_note" TEXT,

    CONSTRAINT "alarm_pkey" PRIMARY KEY ("id")
);

-- CreateTable
CREATE TABLE "setup_code" (
    "id" INTEGER NOT NULL,
    "code_hash" BYTEA NOT NULL,
    "created_at" TIMESTAMPTZ(3) NOT NULL,
    "expires_at" TIMESTAMPTZ(3) NOT NULL,
    "failures" INTEGER NOT NULL DEFAULT 0,
    "used_at" TIMESTAMPTZ(3),

    CONSTRAINT "setup_code_pkey" PRIMARY KEY ("id")
);

-- CreateTable
CREATE TABLE "delegation" (
    "id" UUID NOT NULL,
    "person_id" UUID NOT NULL,
    "agent_id" UUID NOT NULL,
    "server_id" UUID,
    "purpose" TEXT NOT NULL,
    "created_at" TIMESTAMPTZ(3) NOT NULL,
    "expires_at" TIMESTAMPTZ(3) NOT NULL,
    "withdrawn_at" TIMESTAMPTZ(3),

    CONSTRAINT "delegation_pkey" PRIMARY KEY ("id")
);

-- CreateTable
CREATE TABLE "stop" (
    "id" UUID NOT NULL,
    "scope" "stop_scope" NOT NULL,
    "target_id" UUID,
    "reason" TEXT NOT NULL,
    "stopped_by_id" UUID,
    "stopped_at" TIMESTAMPTZ(3) NOT NULL,
    "lifted_by_id" UUID,
    "lifted_at" TIMESTAMPTZ(3),
    "lifted_reason" TEXT,

    CONSTRAINT "stop_pkey" PRIMARY KEY ("id")
);

-- CreateTable
CREATE TABLE "unregistered_caller" (
    "id" UUID NOT NULL,
    "issuer_id" UUID NOT NULL,
    "subject" TEXT NOT NULL,
    "client_id" TEXT NOT NULL,
    "first_seen_at" TIMESTAMPTZ(3) NOT NULL,
    "last_seen_at" TIMESTAMPTZ(3) NOT NULL,
    "attempts" INTEGER NOT NULL,
    "last_source" TEXT NOT NULL,
    "last_method" TEXT,
    "last_server" TEXT,
    "last_tool" TEXT,
    "blocked_by_id" UUID,
    "blocked_at" TIMESTAMPTZ(3),
    "blocked_reason" TEXT,

    CONSTRAINT "unregistered_caller_pkey" PRIMARY KEY ("id")
);

-- CreateTable
CREATE TABLE "access_request" (
    "id" UUID NOT NULL,
    "agent_id" UUID NOT NULL,
    "tool_id" UUID NOT NULL,
    "arguments_wish" TEXT,
    "why" TEXT NOT NULL,
    "duration_hours" INTEGER NOT NULL,
    "state" "access_request_state" NOT NULL,
    "requested_by_id" UUID NOT NULL,
    "requested_at" TIMESTAMPTZ(3) NOT NULL,
    "drafted_by_id" UUID,
    "drafted_at" TIMESTAMPTZ(3),
    "version_id" UUID,
    "decided_by_id" UUID,
    "decided_at" TIMESTAMPTZ(3),
    "decided_note" TEXT,

    CONSTRAINT "access_request_pkey" PRIMARY KEY ("id")
);

-- CreateTable
CREATE TABLE "scim_connection" (
    "id" UUID NOT NULL,
    "name" TEXT NOT NULL,
    "kind" "scim_client_kind" NOT NULL,
    "issuer_id" UUID,
    "created_at" TIMESTAMPTZ(3) NOT NULL,

    CONSTRAINT "scim_connection_pkey" PRIMARY KEY ("id")
);

-- CreateTable
CREATE TABLE "scim_token" (
    "id" UUID NOT NULL,
    "connection_id" UUID NOT NULL,
    "token_hash" BYTEA NOT NULL,
    "prefix" TEXT NOT NULL,
    "scopes" TEXT[],
    "created_by_id" UUID,
    "created_at" TIMESTAMPTZ(3) NOT NULL,
    "expires_at" TIMESTAMPTZ(3) NOT NULL,
    "revoked_at" TIMESTAMPTZ(3),
    "last_used_at" TIMESTAMPTZ(3),
    "last_used_from" TEXT,

    CONSTRAINT "scim_token_pkey" PRIMARY KEY ("id")
);

-- CreateTable
CREATE TABLE "scim_user" (
    "person_id" UUID NOT NULL,
    "connection_id" UUID NOT NULL,
    "user_name" TEXT NOT NULL,
    "user_name_folded" TEXT NOT NULL,
    "external_id" TEXT,
    "employee_number" TEXT,
    "active" BOOLEAN NOT NULL DEFAULT true,
    "attributes" JSONB NOT NULL,
    "version" INTEGER NOT NULL DEFAULT 1,
    "created_at" TIMESTAMPTZ(3) NOT NULL,
    "updated_at" TIMESTAMPTZ(3) NOT NULL,

    CONSTRAINT "scim_user_pkey" PRIMARY KEY ("person_id")
);

-- CreateTable
CREATE TABLE "scim_agent" (
    "agent_id" UUID NOT NULL,
    "connection_id" UUID NOT NULL,
    "resource_type" TEXT NOT NULL,
    "external_id" TEXT,
    "attributes" JSONB NOT NULL,
    "version" INTEGER NOT NULL DEFAULT 1,
    "created_at" TIMESTAMPTZ(3) NOT NULL,
    "updated_at" TIMESTAMPTZ(3) NOT NULL,

    CONSTRAINT "scim_agent_pkey" PRIMARY KEY ("agent_id")
);

-- CreateTable
CREATE TABLE "signing_key" (
    "id" UUID NOT NULL,
    "algorithm" TEXT NOT NULL,
    "public_key" JSONB NOT NULL,
    "sealed_private_key" TEXT NOT NULL,
    "created_at" TIMESTAMPTZ(3) NOT NULL,
    "signs_from" TIMESTAMPTZ(3) NOT NULL,
    "signs_until" TIMESTAMPTZ(3) NOT NULL,
    "published_until" TIMESTAMPTZ(3) NOT NULL,

    CONSTRAINT "signing_key_pkey" PRIMARY KEY ("id")
);

-- CreateTable
CREATE TABLE "revoked_token" (
    "issuer" TEXT NOT NULL,
    "token_id" TEXT NOT NULL,
    "expires_at" TIMESTAMPTZ(3) NOT NULL,
    "revoked_at" TIMESTAMPTZ(3) NOT NULL,

    CONSTRAINT "revoked_token_pkey" PRIMARY KEY ("issuer","token_id")
);

-- CreateTable
CREATE TABLE "used_token_id" (
    "purpose" TEXT NOT NULL,
    "issuer" TEXT NOT NULL,
    "token_id" TEXT NOT NULL,
    "expires_at" TIMESTAMPTZ(3) NOT NULL,

    CONSTRAINT "used_token_id_pkey" PRIMARY KEY ("purpose","issuer","token_id")
);

-- CreateTable
CREATE TABLE "signal_stream" (
    "id" UUID NOT NULL,
    "issuer_id" UUID NOT NULL,
    "audience" TEXT NOT NULL,
    "delivery" "signal_delivery" NOT NULL,
    "poll_url" TEXT,
    "sealed_poll_token" TEXT,
    "enabled" BOOLEAN NOT NULL,
    "created_at" TIMESTAMPTZ(3) NOT NULL,
    "last_received_at" TIMESTAMPTZ(3),
    "last_polled_at" TIMESTAMPTZ(3),
    "last_error" TEXT,

    CONSTRAINT "signal_stream_pkey" PRIMARY KEY ("id")
);

-- CreateTable
CREATE TABLE "received_signal" (
    "id" UUID NOT NULL,
    "stream_id" UUID NOT NULL,
    "token_id" TEXT NOT NULL,
    "event_type" TEXT NOT NULL,
    "person_id" UUID,
    "agent_id" UUID,
    "effect" TEXT NOT NULL,
    "received_at" TIMESTAMPTZ(3) NOT NULL,

    CONSTRAINT "received_signal_pkey" PRIMARY KEY ("id")
);

-- CreateIndex
CREATE INDEX "person_identity_person_id_idx" ON "person_identity"("person_id");

-- CreateIndex
CREATE UNIQUE INDEX "people_group_display_name_folded_key" ON "people_group"("display_name_folded");

-- CreateIndex
CREATE INDEX "people_group_connection_id_external_id_idx" ON "people_group"("connection_id", "external_id");

-- CreateIndex
CREATE INDEX "group_member_person_id_idx" ON "group_member"("person_id");

-- CreateIndex
CREATE INDEX "group_mapping_group_id_idx" ON "group_mapping"("group_id");

-- CreateIndex
CREATE INDEX "emergency_access_person_id_idx" ON "emergency_access"("person_id");

-- CreateIndex
CREATE INDEX "alarm_acknowledged_at_raised_at_idx" ON "alarm"("acknowledged_at", "raised_at");

-- CreateIndex
CREATE INDEX "delegation_person_id_idx" ON "delegation"("person_id");

-- CreateIndex
CREATE INDEX "delegation_agent_id_idx" ON "delegation"("agent_id");

-- CreateIndex
CREATE INDEX "stop_lifted_at_idx" ON "stop"("lifted_at");

-- CreateIndex
CREATE INDEX "unregistered_caller_last_seen_at_idx" ON "unregistered_caller"("last_seen_at");

-- CreateIndex
CREATE UNIQUE INDEX "unregistered_caller_issuer_id_subject_client_id_key" ON "unregistered_caller"("issuer_id", "subject", "client_id");

-- CreateIndex
CREATE UNIQUE INDEX "access_request_version_id_key" ON "access_request"("version_id");

-- CreateIndex
CREATE INDEX "access_request_state_requested_at_idx" ON "access_request"("state", "requested_at");

-- CreateIndex
CREATE UNIQUE INDEX "scim_connection_name_key" ON "scim_connection"("name");

-- CreateIndex
CREATE UNIQUE INDEX "scim_token_token_hash_key" ON "scim_token"("token_hash");

-- CreateIndex
CREATE INDEX "scim_token_connection_id_idx" ON "scim_token"("connection_id");

-- CreateIndex
CREATE UNIQUE INDEX "scim_user_user_name_folded_key" ON "scim_user"("user_name_folded");

-- CreateIndex
CREATE INDEX "scim_user_connection_id_employee_number_idx" ON "scim_user"("connection_id", "employee_number");

-- CreateIndex
CREATE INDEX "scim_user_connection_id_external_id_idx" ON "scim_user"("connection_id", "external_id");

-- CreateIndex
CREATE INDEX "scim_agent_connection_id_resource_type_external_id_idx" ON "scim_agent"("connection_id", "resource_type", "external_id");

-- CreateIndex
CREATE INDEX "revoked_token_expires_at_idx" ON "revoked_token"("expires_at");

-- CreateIndex
CREATE INDEX "used_token_id_expires_at_idx" ON "used_token_id"("expires_at");

-- CreateIndex
CREATE UNIQUE INDEX "signal_stream_issuer_id_audience_key" ON "signal_stream"("issuer_id", "audience");

-- CreateIndex
CREATE INDEX "received_signal_received_at_idx" ON "received_signal"("received_at");

-- CreateIndex
CREATE UNIQUE INDEX "received_signal_stream_id_token_id_key" ON "received_signal"("stream_id", "token_id");

-- CreateIndex
CREATE UNIQUE INDEX "binding_issuer_id_kind_subject_conditions_digest_key" ON "binding"("issuer_id", "kind", "subject", "conditions_digest");

-- AddForeignKey
ALTER TABLE "sign_in_provider" ADD CONSTRAINT "sign_in_provider_issuer_id_fkey" FOREIGN KEY ("issuer_id") REFERENCES "issuer"("id") ON DELETE RESTRICT ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "team" ADD CONSTRAINT "team_orphan_owner_id_fkey" FOREIGN KEY ("orphan_owner_id") REFERENCES "person"("id") ON DELETE SET NULL ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "person_identity" ADD CONSTRAINT "person_identity_person_id_fkey" FOREIGN KEY ("person_id") REFERENCES "person"("id") ON DELETE RESTRICT ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "person_role" ADD CONSTRAINT "person_role_assigned_by_id_fkey" FOREIGN KEY ("assigned_by_id") REFERENCES "person"("id") ON DELETE SET NULL ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "people_group" ADD CONSTRAINT "people_group_connection_id_fkey" FOREIGN KEY ("connection_id") REFERENCES "scim_connection"("id") ON DELETE SET NULL ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "group_member" ADD CONSTRAINT "group_member_group_id_fkey" FOREIGN KEY ("group_id") REFERENCES "people_group"("id") ON DELETE CASCADE ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "group_member" ADD CONSTRAINT "group_member_person_id_fkey" FOREIGN KEY ("person_id") REFERENCES "person"("id") ON DELETE RESTRICT ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "group_mapping" ADD CONSTRAINT "group_mapping_group_id_fkey" FOREIGN KEY ("group_id") REFERENCES "people_group"("id") ON DELETE CASCADE ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "emergency_access" ADD CONSTRAINT "emergency_access_person_id_fkey" FOREIGN KEY ("person_id") REFERENCES "person"("id") ON DELETE RESTRICT ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "delegation" ADD CONSTRAINT "delegation_person_id_fkey" FOREIGN KEY ("person_id") REFERENCES "person"("id") ON DELETE RESTRICT ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "delegation" ADD CONSTRAINT "delegation_agent_id_fkey" FOREIGN KEY ("agent_id") REFERENCES "agent"("id") ON DELETE RESTRICT ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "delegation" ADD CONSTRAINT "delegation_server_id_fkey" FOREIGN KEY ("server_id") REFERENCES "tool_server"("id") ON DELETE RESTRICT ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "unregistered_caller" ADD CONSTRAINT "unregistered_caller_issuer_id_fkey" FOREIGN KEY ("issuer_id") REFERENCES "issuer"("id") ON DELETE RESTRICT ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "access_request" ADD CONSTRAINT "access_request_agent_id_fkey" FOREIGN KEY ("agent_id") REFERENCES "agent"("id") ON DELETE RESTRICT ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "access_request" ADD CONSTRAINT "access_request_tool_id_fkey" FOREIGN KEY ("tool_id") REFERENCES "tool"("id") ON DELETE RESTRICT ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "access_request" ADD CONSTRAINT "access_request_requested_by_id_fkey" FOREIGN KEY ("requested_by_id") REFERENCES "person"("id") ON DELETE RESTRICT ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "access_request" ADD CONSTRAINT "access_request_drafted_by_id_fkey" FOREIGN KEY ("drafted_by_id") REFERENCES "person"("id") ON DELETE SET NULL ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "access_request" ADD CONSTRAINT "access_request_decided_by_id_fkey" FOREIGN KEY ("decided_by_id") REFERENCES "person"("id") ON DELETE SET NULL ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "access_request" ADD CONSTRAINT "access_request_version_id_fkey" FOREIGN KEY ("version_id") REFERENCES "policy_version"("id") ON DELETE SET NULL ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "scim_connection" ADD CONSTRAINT "scim_connection_issuer_id_fkey" FOREIGN KEY ("issuer_id") REFERENCES "issuer"("id") ON DELETE SET NULL ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "scim_token" ADD CONSTRAINT "scim_token_connection_id_fkey" FOREIGN KEY ("connection_id") REFERENCES "scim_connection"("id") ON DELETE RESTRICT ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "scim_user" ADD CONSTRAINT "scim_user_person_id_fkey" FOREIGN KEY ("person_id") REFERENCES "person"("id") ON DELETE RESTRICT ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "scim_user" ADD CONSTRAINT "scim_user_connection_id_fkey" FOREIGN KEY ("connection_id") REFERENCES "scim_connection"("id") ON DELETE RESTRICT ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "scim_agent" ADD CONSTRAINT "scim_agent_agent_id_fkey" FOREIGN KEY ("agent_id") REFERENCES "agent"("id") ON DELETE RESTRICT ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "scim_agent" ADD CONSTRAINT "scim_agent_connection_id_fkey" FOREIGN KEY ("connection_id") REFERENCES "scim_connection"("id") ON DELETE RESTRICT ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "signal_stream" ADD CONSTRAINT "signal_stream_issuer_id_fkey" FOREIGN KEY ("issuer_id") REFERENCES "issuer"("id") ON DELETE RESTRICT ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "received_signal" ADD CONSTRAINT "received_signal_stream_id_fkey" FOREIGN KEY ("stream_id") REFERENCES "signal_stream"("id") ON DELETE RESTRICT ON UPDATE CASCADE;

-- One audience becomes a list, one identity of a person becomes many.
UPDATE "issuer" SET "audiences" = ARRAY["audience"];
ALTER TABLE "issuer" DROP COLUMN "audience";
INSERT INTO "person_identity" ("issuer", "subject", "person_id", "linked_at", "linked_by")
SELECT "issuer", "subject", "id", "created_at", 'added' FROM "person";
DROP INDEX "person_issuer_subject_key";
ALTER TABLE "person" DROP COLUMN "issuer", DROP COLUMN "subject";

-- An own key has no issuer, and is one agent's alone. (The new values of an enum cannot be used in the
-- transaction that adds them, hence the text.)
CREATE UNIQUE INDEX "binding_own_key" ON "binding" ("subject") WHERE "issuer_id" IS NULL;
ALTER TABLE "binding" ADD CONSTRAINT "binding_has_its_voucher"
    CHECK (("kind"::text = 'key') = ("issuer_id" IS NULL) AND ("kind"::text = 'key') = ("public_key" IS NOT NULL));
ALTER TABLE "issuer" ADD CONSTRAINT "issuer_has_an_audience" CHECK (cardinality("audiences") > 0);

CREATE UNIQUE INDEX "group_mapping_in_force" ON "group_mapping" ("group_id", "role")
    WHERE "state" IN ('proposed', 'active');
CREATE UNIQUE INDEX "stop_in_force" ON "stop" ("scope", coalesce("target_id"::text, '')) WHERE "lifted_at" IS NULL;
CREATE UNIQUE INDEX "emergency_access_open" ON "emergency_access" ("person_id") WHERE "ended_at" IS NULL;
CREATE INDEX "console_session_person" ON "console_session" (("sess"->>'personId'));

-- Retired is final, whatever the code above says.
CREATE FUNCTION "agent_stays_retired"() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    RAISE EXCEPTION 'a retired agent stays retired' USING ERRCODE = 'check_violation';
END $$;
CREATE TRIGGER "agent_stays_retired" BEFORE UPDATE OF "state" ON "agent" FOR EACH ROW
    WHEN (OLD."state"::text = 'retired' AND NEW."state"::text <> 'retired')
    EXECUTE FUNCTION "agent_stays_retired"();
-- What provisioning clients look people up by, besides what is unique.
CREATE INDEX "scim_user_display_name" ON "scim_user" ("connection_id", lower(("attributes" #>> '{displayName}')));
-- A person's calls out of all calls; only what was asked for somebody is in it.
CREATE INDEX "ledger_entry_person" ON "ledger_entry" (("data"->>'personId'), "id") WHERE ("data"->>'personId') IS NOT NULL;

-- Moves the epoch (libs/db's bumpEpoch) in one round trip: whoever commits intents waits for as long as
-- the lock is held. Each statement sees what has committed before it, so the order matters.
CREATE FUNCTION "epoch_move"("p_people" BOOLEAN, "p_registry" BOOLEAN) RETURNS BIGINT
LANGUAGE plpgsql VOLATILE
SET search_path = public, pg_temp
AS $$
DECLARE
    v_value BIGINT;
BEGIN
    PERFORM pg_advisory_xact_lock(4711001);
    UPDATE epoch SET value = value + 1,
        people = CASE WHEN p_people THEN value + 1 ELSE people END,
        registry = CASE WHEN p_registry THEN value + 1 ELSE registry END
    WHERE id = 1 RETURNING value INTO v_value;
    PERFORM pg_notify('gatehouse_epoch', v_value::text);
    RETURN v_value;
END
$$;
