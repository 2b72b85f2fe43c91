-- The whole schema: what prisma/schema.prisma says, then what Prisma cannot say.

-- CreateSchema
CREATE SCHEMA IF NOT EXISTS "public";

-- CreateEnum
CREATE TYPE "role_name" AS ENUM ('it', 'security', 'grc', 'developer', 'office', 'emergency', 'owner');

-- CreateEnum
CREATE TYPE "agent_state" AS ENUM ('draft', 'active', 'suspended', 'retired');

-- CreateEnum
CREATE TYPE "risk_tier" AS ENUM ('low', 'medium', 'high');

-- CreateEnum
CREATE TYPE "binding_kind" AS ENUM ('subject', 'client', 'key');

-- CreateEnum
CREATE TYPE "tool_server_kind" AS ENUM ('mcp', 'rest');

-- CreateEnum
CREATE TYPE "tool_classification" AS ENUM ('read', 'write', 'destructive');

-- CreateEnum
CREATE TYPE "on_changed_definition" AS ENUM ('block', 'keep');

-- CreateEnum
CREATE TYPE "tool_server_state" AS ENUM ('discovering', 'ready', 'failed');

-- CreateEnum
CREATE TYPE "policy_version_state" AS ENUM ('in_review', 'active', 'archived', 'rejected');

-- CreateEnum
CREATE TYPE "scim_link_attribute" AS ENUM ('external_id', 'employee_number');

-- CreateEnum
CREATE TYPE "orphan_rule" AS ENUM ('flag', 'reassign', 'suspend');

-- CreateEnum
CREATE TYPE "identity_link" AS ENUM ('added', 'setup_code', 'claim');

-- CreateEnum
CREATE TYPE "group_mapping_state" AS ENUM ('active', 'removed');

-- CreateEnum
CREATE TYPE "kill_switch_scope" AS ENUM ('tool', 'server', 'everything');

-- CreateEnum
CREATE TYPE "access_request_state" AS ENUM ('open', 'drafted', 'granted', 'rejected', 'withdrawn');

-- CreateEnum
CREATE TYPE "scim_client_kind" AS ENUM ('entra', 'okta', 'other');

-- CreateEnum
CREATE TYPE "signal_delivery" AS ENUM ('push', 'poll');

-- CreateEnum
CREATE TYPE "policy_kind" AS ENUM ('policy', 'access_grant');

-- CreateEnum
CREATE TYPE "proposed_change_state" AS ENUM ('open', 'done', 'rejected', 'withdrawn');

-- CreateTable
CREATE TABLE "issuer" (
    "id" UUID NOT NULL,
    "url" TEXT NOT NULL,
    "name" TEXT NOT NULL,
    "audiences" TEXT[],
    "algorithms" TEXT[],
    "profile" TEXT NOT NULL,
    "clock_tolerance_seconds" INTEGER NOT NULL,
    "max_token_age_seconds" INTEGER NOT NULL DEFAULT 86400,
    "signals_by_email" BOOLEAN NOT NULL DEFAULT false,
    "keys_url" TEXT,
    "required_claims" JSONB NOT NULL DEFAULT '{}',
    "created_at" TIMESTAMPTZ(3) NOT NULL,
    "updated_at" TIMESTAMPTZ(3) NOT NULL DEFAULT CURRENT_TIMESTAMP,
    "retired_at" TIMESTAMPTZ(3),

    CONSTRAINT "issuer_pkey" PRIMARY KEY ("id")
);

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
CREATE TABLE "team" (
    "id" UUID NOT NULL,
    "name" TEXT NOT NULL,
    "orphan_rule" "orphan_rule" NOT NULL DEFAULT 'suspend',
    "orphan_owner_id" UUID,

    CONSTRAINT "team_pkey" PRIMARY KEY ("id")
);

-- CreateTable
CREATE TABLE "person" (
    "id" UUID NOT NULL,
    "email" TEXT NOT NULL,
    "name" TEXT NOT NULL,
    "disabled_at" TIMESTAMPTZ(3),
    "disabled_by_people" BOOLEAN NOT NULL DEFAULT false,
    "stopped_by_security" BOOLEAN NOT NULL DEFAULT false,
    "enabled_at" TIMESTAMPTZ(3),
    "tokens_revoked_before" TIMESTAMPTZ(3),
    "created_at" TIMESTAMPTZ(3) NOT NULL,
    "added_by_id" UUID,

    CONSTRAINT "person_pkey" PRIMARY KEY ("id")
);

-- CreateTable
CREATE TABLE "person_identity" (
    "issuer" TEXT NOT NULL,
    "subject" TEXT NOT NULL,
    "person_id" UUID NOT NULL,
    "linked_at" TIMESTAMPTZ(3) NOT NULL,
    "linked_by" "identity_link" NOT NULL,
    "confirmed_at" TIMESTAMPTZ(3),

    CONSTRAINT "person_identity_pkey" PRIMARY KEY ("issuer","subject")
);

-- CreateTable
CREATE TABLE "person_role" (
    "person_id" UUID NOT NULL,
    "role" "role_name" NOT NULL,
    "assigned_by_id" UUID,
    "assigned_at" TIMESTAMPTZ(3) NOT NULL DEFAULT CURRENT_TIMESTAMP,
    "settled_at_once" BOOLEAN NOT NULL DEFAULT false,

    CONSTRAINT "person_role_pkey" PRIMARY KEY ("person_id","role")
);

-- CreateTable
CREATE TABLE "person_team" (
    "person_id" UUID NOT NULL,
    "team_id" UUID NOT NULL,

    CONSTRAINT "person_team_pkey" PRIMARY KEY ("person_id","team_id")
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
    "decided_by_id" UUID,
    "decided_at" TIMESTAMPTZ(3) NOT NULL,

    CONSTRAINT "group_mapping_pkey" PRIMARY KEY ("id")
);

-- CreateTable
CREATE TABLE "emergency_access" (
    "id" UUID NOT NULL,
    "person_id" UUID NOT NULL,
    "reason" TEXT NOT NULL,
    "started_at" TIMESTAMPTZ(3) NOT NULL,
    "expires_at" TIMESTAMPTZ(3) NOT NULL,
    "ended_at" TIMESTAMPTZ(3),

    CONSTRAINT "emergency_access_pkey" PRIMARY KEY ("id")
);

-- CreateTable
CREATE TABLE "emergency_change" (
    "id" UUID NOT NULL,
    "emergency_id" UUID NOT NULL,
    "entry_id" UUID NOT NULL,
    "command" TEXT NOT NULL,
    "subject_kind" TEXT NOT NULL,
    "subject_id" TEXT NOT NULL,
    "subject_name" TEXT NOT NULL,
    "facts" JSONB NOT NULL,
    "made_at" TIMESTAMPTZ(3) NOT NULL,
    "kept_at" TIMESTAMPTZ(3),
    "undone_at" TIMESTAMPTZ(3),

    CONSTRAINT "emergency_change_pkey" PRIMARY KEY ("id")
);

-- CreateTable
CREATE TABLE "proposed_change" (
    "id" UUID NOT NULL,
    "command" TEXT NOT NULL,
    "subject_kind" TEXT NOT NULL,
    "subject_id" TEXT NOT NULL,
    "subject_name" TEXT NOT NULL,
    "explanation" TEXT NOT NULL,
    "confirmer_roles" "role_name"[],
    "confirmer_ids" UUID[],
    "concerned_ids" UUID[],
    "sealed_content" TEXT NOT NULL,
    "state" "proposed_change_state" NOT NULL,
    "proposed_by_id" UUID NOT NULL,
    "proposed_at" TIMESTAMPTZ(3) NOT NULL,
    "expires_at" TIMESTAMPTZ(3) NOT NULL,
    "alone_from" TIMESTAMPTZ(3),
    "decided_by_id" UUID,
    "decided_at" TIMESTAMPTZ(3),
    "decision_note" TEXT,

    CONSTRAINT "proposed_change_pkey" PRIMARY KEY ("id")
);

-- CreateTable
CREATE TABLE "alert" (
    "id" UUID NOT NULL,
    "kind" TEXT NOT NULL,
    "subject_kind" TEXT NOT NULL,
    "subject_id" TEXT NOT NULL,
    "message" TEXT NOT NULL,
    "by_id" UUID,
    "concerned_ids" UUID[] DEFAULT ARRAY[]::UUID[],
    "raised_at" TIMESTAMPTZ(3) NOT NULL,
    "acknowledged_by_id" UUID,
    "acknowledged_at" TIMESTAMPTZ(3),
    "acknowledged_note" TEXT,

    CONSTRAINT "alert_pkey" PRIMARY KEY ("id")
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
CREATE TABLE "agent" (
    "id" UUID NOT NULL,
    "name" TEXT NOT NULL,
    "purpose" TEXT NOT NULL,
    "state" "agent_state" NOT NULL,
    "state_reason" TEXT,
    "stopped_by_security" BOOLEAN NOT NULL DEFAULT false,
    "risk_tier" "risk_tier" NOT NULL,
    "tags" TEXT[],
    "owner_id" UUID NOT NULL,
    "team_id" UUID NOT NULL,
    "expires_at" TIMESTAMPTZ(3),
    "inactive_after_days" INTEGER,
    "orphaned_at" TIMESTAMPTZ(3),
    "inherited_at" TIMESTAMPTZ(3),
    "tokens_revoked_before" TIMESTAMPTZ(3),
    "activated_at" TIMESTAMPTZ(3),
    "retired_at" TIMESTAMPTZ(3),
    "created_at" TIMESTAMPTZ(3) NOT NULL,
    "updated_at" TIMESTAMPTZ(3) NOT NULL,

    CONSTRAINT "agent_pkey" PRIMARY KEY ("id")
);

-- CreateTable
CREATE TABLE "binding" (
    "id" UUID NOT NULL,
    "agent_id" UUID NOT NULL,
    "kind" "binding_kind" NOT NULL,
    "issuer_id" UUID,
    "subject" TEXT NOT NULL,
    "conditions" JSONB NOT NULL DEFAULT '[]',
    "conditions_digest" TEXT NOT NULL DEFAULT '',
    "public_key" JSONB,
    "created_at" TIMESTAMPTZ(3) NOT NULL,

    CONSTRAINT "binding_pkey" PRIMARY KEY ("id")
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
CREATE TABLE "kill_switch" (
    "id" UUID NOT NULL,
    "scope" "kill_switch_scope" NOT NULL,
    "target_id" UUID,
    "reason" TEXT NOT NULL,
    "activated_by_id" UUID,
    "activated_at" TIMESTAMPTZ(3) NOT NULL,
    "stopped_by_security" BOOLEAN NOT NULL DEFAULT false,
    "released_by_id" UUID,
    "released_at" TIMESTAMPTZ(3),
    "release_reason" TEXT,

    CONSTRAINT "kill_switch_pkey" PRIMARY KEY ("id")
);

-- CreateTable
CREATE TABLE "unregistered_agent" (
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
    "stopped_by_security" BOOLEAN NOT NULL DEFAULT false,

    CONSTRAINT "unregistered_agent_pkey" PRIMARY KEY ("id")
);

-- CreateTable
CREATE TABLE "access_request" (
    "id" UUID NOT NULL,
    "agent_id" UUID NOT NULL,
    "tool_id" UUID NOT NULL,
    "requested_constraints" TEXT,
    "justification" TEXT NOT NULL,
    "duration_hours" INTEGER NOT NULL,
    "state" "access_request_state" NOT NULL,
    "requested_by_id" UUID NOT NULL,
    "requested_at" TIMESTAMPTZ(3) NOT NULL,
    "drafted_by_id" UUID,
    "drafted_at" TIMESTAMPTZ(3),
    "version_id" UUID,
    "decided_by_id" UUID,
    "decided_at" TIMESTAMPTZ(3),
    "decision_note" TEXT,

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
    "activated_at" TIMESTAMPTZ(3),
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
    "active_stated" BOOLEAN NOT NULL DEFAULT true,
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

-- CreateTable
CREATE TABLE "tool_server" (
    "id" UUID NOT NULL,
    "slug" TEXT NOT NULL,
    "name" TEXT NOT NULL,
    "kind" "tool_server_kind" NOT NULL,
    "url" TEXT NOT NULL,
    "openapi" JSONB,
    "state" "tool_server_state" NOT NULL,
    "state_reason" TEXT,
    "left_out" JSONB NOT NULL DEFAULT '[]',
    "on_changed_definition" "on_changed_definition" NOT NULL DEFAULT 'block',
    "owner_id" UUID NOT NULL,
    "team_id" UUID NOT NULL,
    "created_at" TIMESTAMPTZ(3) NOT NULL,
    "updated_at" TIMESTAMPTZ(3) NOT NULL,

    CONSTRAINT "tool_server_pkey" PRIMARY KEY ("id")
);

-- CreateTable
CREATE TABLE "mcp_session" (
    "digest" TEXT NOT NULL,
    "agent_id" UUID NOT NULL,
    "person_id" UUID,
    "binding_id" UUID NOT NULL,
    "server" TEXT,
    "protocol_version" TEXT NOT NULL,
    "client" JSONB NOT NULL,
    "created_at" TIMESTAMPTZ(3) NOT NULL,
    "last_used_at" TIMESTAMPTZ(3) NOT NULL,

    CONSTRAINT "mcp_session_pkey" PRIMARY KEY ("digest")
);

-- CreateTable
CREATE TABLE "mcp_upstream_session" (
    "digest" TEXT NOT NULL,
    "server_id" UUID NOT NULL,
    "sealed" TEXT NOT NULL,

    CONSTRAINT "mcp_upstream_session_pkey" PRIMARY KEY ("digest","server_id")
);

-- CreateTable
CREATE TABLE "tool" (
    "id" UUID NOT NULL,
    "server_id" UUID NOT NULL,
    "name" TEXT NOT NULL,
    "title" TEXT,
    "description" TEXT,
    "input_schema" JSONB NOT NULL,
    "output_schema" JSONB,
    "annotations" JSONB NOT NULL,
    "classification" "tool_classification" NOT NULL,
    "classified_by_id" UUID,
    "classified_at" TIMESTAMPTZ(3),
    "other_fields" JSONB NOT NULL DEFAULT '{}',
    "operation" JSONB,
    "definition_digest" TEXT NOT NULL,
    "is_offered" BOOLEAN NOT NULL DEFAULT true,
    "is_taken_over" BOOLEAN NOT NULL DEFAULT true,
    "offered" JSONB,
    "offered_digest" TEXT,
    "pinned_at" TIMESTAMPTZ(3) NOT NULL,

    CONSTRAINT "tool_pkey" PRIMARY KEY ("id")
);

-- CreateTable
CREATE TABLE "policy" (
    "id" UUID NOT NULL,
    "kind" "policy_kind" NOT NULL DEFAULT 'policy',
    "name" TEXT NOT NULL,
    "description" TEXT NOT NULL,
    "created_at" TIMESTAMPTZ(3) NOT NULL,

    CONSTRAINT "policy_pkey" PRIMARY KEY ("id")
);

-- CreateTable
CREATE TABLE "policy_version" (
    "id" UUID NOT NULL,
    "policy_id" UUID NOT NULL,
    "number" INTEGER NOT NULL,
    "text" TEXT NOT NULL,
    "bindings" JSONB NOT NULL,
    "note" TEXT NOT NULL,
    "based_on_id" UUID,
    "proposed_by_id" UUID,
    "proposed_at" TIMESTAMPTZ(3) NOT NULL,
    "state" "policy_version_state" NOT NULL,
    "decided_by_id" UUID,
    "decided_at" TIMESTAMPTZ(3),
    "decision_note" TEXT,
    "archived_at" TIMESTAMPTZ(3),

    CONSTRAINT "policy_version_pkey" PRIMARY KEY ("id")
);

-- CreateTable
CREATE TABLE "epoch" (
    "id" INTEGER NOT NULL,
    "value" BIGINT NOT NULL,
    "people" BIGINT NOT NULL DEFAULT 0,
    "registry" BIGINT NOT NULL DEFAULT 0,

    CONSTRAINT "epoch_pkey" PRIMARY KEY ("id")
);

-- CreateTable
CREATE TABLE "outbox" (
    "id" UUID NOT NULL,
    "queue" TEXT NOT NULL,
    "name" TEXT NOT NULL,
    "payload" JSONB NOT NULL,
    "created_at" TIMESTAMPTZ(3) NOT NULL,
    "dispatched_at" TIMESTAMPTZ(3),

    CONSTRAINT "outbox_pkey" PRIMARY KEY ("id")
);

-- CreateTable
CREATE TABLE "ledger_entry" (
    "chain" UUID NOT NULL,
    "seq" BIGINT NOT NULL,
    "id" UUID NOT NULL,
    "format" SMALLINT NOT NULL,
    "prev" BYTEA NOT NULL,
    "hash" BYTEA NOT NULL,
    "type" TEXT NOT NULL,
    "at" TIMESTAMPTZ(3) NOT NULL,
    "actor_kind" TEXT NOT NULL,
    "actor_id" TEXT NOT NULL,
    "subject_kind" TEXT,
    "subject_id" TEXT,
    "call_id" UUID,
    "data" JSONB NOT NULL,

    CONSTRAINT "ledger_entry_pkey" PRIMARY KEY ("chain","seq")
);

-- CreateTable
CREATE TABLE "ledger_payload" (
    "entry_id" UUID NOT NULL,
    "name" TEXT NOT NULL,
    "salt" BYTEA NOT NULL,
    "content" TEXT NOT NULL,

    CONSTRAINT "ledger_payload_pkey" PRIMARY KEY ("entry_id","name")
);

-- CreateTable
CREATE TABLE "console_session" (
    "sid" TEXT NOT NULL,
    "sess" JSONB NOT NULL,
    "expire" TIMESTAMP(6) NOT NULL,

    CONSTRAINT "console_session_pkey" PRIMARY KEY ("sid")
);

-- CreateIndex
CREATE UNIQUE INDEX "issuer_url_key" ON "issuer"("url");

-- CreateIndex
CREATE UNIQUE INDEX "team_name_key" ON "team"("name");

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
CREATE INDEX "emergency_change_emergency_id_idx" ON "emergency_change"("emergency_id");

-- CreateIndex
CREATE INDEX "emergency_change_subject_id_idx" ON "emergency_change"("subject_id");

-- CreateIndex
CREATE INDEX "proposed_change_subject_id_idx" ON "proposed_change"("subject_id");

-- CreateIndex
CREATE INDEX "proposed_change_state_proposed_at_idx" ON "proposed_change"("state", "proposed_at");

-- CreateIndex
CREATE INDEX "alert_acknowledged_at_raised_at_idx" ON "alert"("acknowledged_at", "raised_at");

-- CreateIndex
CREATE UNIQUE INDEX "agent_name_key" ON "agent"("name");

-- CreateIndex
CREATE INDEX "agent_team_id_idx" ON "agent"("team_id");

-- CreateIndex
CREATE INDEX "agent_owner_id_idx" ON "agent"("owner_id");

-- CreateIndex
CREATE INDEX "binding_agent_id_idx" ON "binding"("agent_id");

-- CreateIndex
CREATE UNIQUE INDEX "binding_issuer_id_kind_subject_conditions_digest_key" ON "binding"("issuer_id", "kind", "subject", "conditions_digest");

-- CreateIndex
CREATE INDEX "delegation_person_id_idx" ON "delegation"("person_id");

-- CreateIndex
CREATE INDEX "delegation_agent_id_idx" ON "delegation"("agent_id");

-- CreateIndex
CREATE INDEX "kill_switch_released_at_idx" ON "kill_switch"("released_at");

-- CreateIndex
CREATE INDEX "unregistered_agent_last_seen_at_idx" ON "unregistered_agent"("last_seen_at");

-- CreateIndex
CREATE UNIQUE INDEX "unregistered_agent_issuer_id_subject_client_id_key" ON "unregistered_agent"("issuer_id", "subject", "client_id");

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
CREATE INDEX "scim_user_connection_id_external_id_idx" ON "scim_user"("connection_id", "external_id");

-- CreateIndex
CREATE INDEX "scim_user_connection_id_employee_number_idx" ON "scim_user"("connection_id", "employee_number");

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
CREATE UNIQUE INDEX "tool_server_slug_key" ON "tool_server"("slug");

-- CreateIndex
CREATE INDEX "mcp_session_agent_id_person_id_last_used_at_idx" ON "mcp_session"("agent_id", "person_id", "last_used_at");

-- CreateIndex
CREATE INDEX "mcp_session_last_used_at_idx" ON "mcp_session"("last_used_at");

-- CreateIndex
CREATE UNIQUE INDEX "tool_server_id_name_key" ON "tool"("server_id", "name");

-- CreateIndex
CREATE UNIQUE INDEX "policy_name_key" ON "policy"("name");

-- CreateIndex
CREATE INDEX "policy_version_state_idx" ON "policy_version"("state");

-- CreateIndex
CREATE UNIQUE INDEX "policy_version_policy_id_number_key" ON "policy_version"("policy_id", "number");

-- CreateIndex
CREATE INDEX "outbox_dispatched_at_id_idx" ON "outbox"("dispatched_at", "id");

-- CreateIndex
CREATE UNIQUE INDEX "ledger_entry_id_key" ON "ledger_entry"("id");

-- CreateIndex
CREATE INDEX "ledger_entry_call_id_idx" ON "ledger_entry"("call_id");

-- CreateIndex
CREATE INDEX "ledger_entry_actor_kind_actor_id_id_idx" ON "ledger_entry"("actor_kind", "actor_id", "id");

-- CreateIndex
CREATE INDEX "ledger_entry_subject_kind_subject_id_id_idx" ON "ledger_entry"("subject_kind", "subject_id", "id");

-- CreateIndex
CREATE INDEX "ledger_entry_type_id_idx" ON "ledger_entry"("type", "id");

-- CreateIndex
CREATE INDEX "console_session_expire_idx" ON "console_session"("expire");

-- AddForeignKey
ALTER TABLE "sign_in_provider" ADD CONSTRAINT "sign_in_provider_issuer_id_fkey" FOREIGN KEY ("issuer_id") REFERENCES "issuer"("id") ON DELETE RESTRICT ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "team" ADD CONSTRAINT "team_orphan_owner_id_fkey" FOREIGN KEY ("orphan_owner_id") REFERENCES "person"("id") ON DELETE SET NULL ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "person_identity" ADD CONSTRAINT "person_identity_person_id_fkey" FOREIGN KEY ("person_id") REFERENCES "person"("id") ON DELETE RESTRICT ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "person_role" ADD CONSTRAINT "person_role_person_id_fkey" FOREIGN KEY ("person_id") REFERENCES "person"("id") ON DELETE RESTRICT ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "person_role" ADD CONSTRAINT "person_role_assigned_by_id_fkey" FOREIGN KEY ("assigned_by_id") REFERENCES "person"("id") ON DELETE SET NULL ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "person_team" ADD CONSTRAINT "person_team_person_id_fkey" FOREIGN KEY ("person_id") REFERENCES "person"("id") ON DELETE RESTRICT ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "person_team" ADD CONSTRAINT "person_team_team_id_fkey" FOREIGN KEY ("team_id") REFERENCES "team"("id") ON DELETE RESTRICT ON UPDATE CASCADE;

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
ALTER TABLE "emergency_change" ADD CONSTRAINT "emergency_change_emergency_id_fkey" FOREIGN KEY ("emergency_id") REFERENCES "emergency_access"("id") ON DELETE RESTRICT ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "agent" ADD CONSTRAINT "agent_owner_id_fkey" FOREIGN KEY ("owner_id") REFERENCES "person"("id") ON DELETE RESTRICT ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "agent" ADD CONSTRAINT "agent_team_id_fkey" FOREIGN KEY ("team_id") REFERENCES "team"("id") ON DELETE RESTRICT ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "binding" ADD CONSTRAINT "binding_agent_id_fkey" FOREIGN KEY ("agent_id") REFERENCES "agent"("id") ON DELETE RESTRICT ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "binding" ADD CONSTRAINT "binding_issuer_id_fkey" FOREIGN KEY ("issuer_id") REFERENCES "issuer"("id") ON DELETE RESTRICT ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "delegation" ADD CONSTRAINT "delegation_person_id_fkey" FOREIGN KEY ("person_id") REFERENCES "person"("id") ON DELETE RESTRICT ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "delegation" ADD CONSTRAINT "delegation_agent_id_fkey" FOREIGN KEY ("agent_id") REFERENCES "agent"("id") ON DELETE RESTRICT ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "delegation" ADD CONSTRAINT "delegation_server_id_fkey" FOREIGN KEY ("server_id") REFERENCES "tool_server"("id") ON DELETE RESTRICT ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "unregistered_agent" ADD CONSTRAINT "unregistered_agent_issuer_id_fkey" FOREIGN KEY ("issuer_id") REFERENCES "issuer"("id") ON DELETE RESTRICT ON UPDATE CASCADE;

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

-- AddForeignKey
ALTER TABLE "tool_server" ADD CONSTRAINT "tool_server_owner_id_fkey" FOREIGN KEY ("owner_id") REFERENCES "person"("id") ON DELETE RESTRICT ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "tool_server" ADD CONSTRAINT "tool_server_team_id_fkey" FOREIGN KEY ("team_id") REFERENCES "team"("id") ON DELETE RESTRICT ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "mcp_upstream_session" ADD CONSTRAINT "mcp_upstream_session_digest_fkey" FOREIGN KEY ("digest") REFERENCES "mcp_session"("digest") ON DELETE CASCADE ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "tool" ADD CONSTRAINT "tool_server_id_fkey" FOREIGN KEY ("server_id") REFERENCES "tool_server"("id") ON DELETE RESTRICT ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "tool" ADD CONSTRAINT "tool_classified_by_id_fkey" FOREIGN KEY ("classified_by_id") REFERENCES "person"("id") ON DELETE SET NULL ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "policy_version" ADD CONSTRAINT "policy_version_policy_id_fkey" FOREIGN KEY ("policy_id") REFERENCES "policy"("id") ON DELETE RESTRICT ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "policy_version" ADD CONSTRAINT "policy_version_based_on_id_fkey" FOREIGN KEY ("based_on_id") REFERENCES "policy_version"("id") ON DELETE SET NULL ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "policy_version" ADD CONSTRAINT "policy_version_proposed_by_id_fkey" FOREIGN KEY ("proposed_by_id") REFERENCES "person"("id") ON DELETE SET NULL ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "policy_version" ADD CONSTRAINT "policy_version_decided_by_id_fkey" FOREIGN KEY ("decided_by_id") REFERENCES "person"("id") ON DELETE SET NULL ON UPDATE CASCADE;

-- What Prisma cannot say.

-- The one epoch row: what every decision is evaluated under.
INSERT INTO "epoch" ("id", "value") VALUES (1, 1);
ALTER TABLE "epoch" ADD CONSTRAINT "epoch_one_row" CHECK ("id" = 1);

-- At most one active version of a policy.
CREATE UNIQUE INDEX "policy_version_one_active" ON "policy_version" ("policy_id") WHERE "state" = 'active';

-- A key binding has no issuer, and belongs to one agent alone.
CREATE UNIQUE INDEX "binding_own_key" ON "binding" ("subject") WHERE "issuer_id" IS NULL;
ALTER TABLE "binding" ADD CONSTRAINT "binding_has_issuer_or_key"
    CHECK (("kind" = 'key') = ("issuer_id" IS NULL) AND ("kind" = 'key') = ("public_key" IS NOT NULL));
ALTER TABLE "issuer" ADD CONSTRAINT "issuer_has_an_audience" CHECK (cardinality("audiences") > 0);

CREATE UNIQUE INDEX "group_mapping_current" ON "group_mapping" ("group_id", "role")
    WHERE "state" = 'active';
CREATE UNIQUE INDEX "kill_switch_active" ON "kill_switch" ("scope", coalesce("target_id"::text, ''))
    WHERE "released_at" IS NULL;
CREATE UNIQUE INDEX "emergency_access_open" ON "emergency_access" ("person_id") WHERE "ended_at" IS NULL;
CREATE INDEX "emergency_change_open" ON "emergency_change" ("emergency_id")
    WHERE "kept_at" IS NULL AND "undone_at" IS NULL;
CREATE INDEX "console_session_person" ON "console_session" (("sess"->>'personId'));

-- Retirement is final, whatever the application does.
CREATE FUNCTION "agent_stays_retired"() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    RAISE EXCEPTION 'a retired agent stays retired' USING ERRCODE = 'check_violation';
END $$;
CREATE TRIGGER "agent_stays_retired" BEFORE UPDATE OF "state" ON "agent" FOR EACH ROW
    WHEN (OLD."state" = 'retired' AND NEW."state" <> 'retired')
    EXECUTE FUNCTION "agent_stays_retired"();

-- What provisioning clients look people up by, besides what is unique.
CREATE INDEX "scim_user_display_name" ON "scim_user" ("connection_id", normalize(lower(("attributes" #>> '{displayName}')), NFC));
-- The calls made on behalf of one person.
CREATE INDEX "ledger_entry_person" ON "ledger_entry" (("data"->>'personId'), "id") WHERE ("data"->>'personId') IS NOT NULL;

-- Moves the epoch (bumpEpoch in libs/platform/db) in one round trip: commits of intents wait while the
-- lock is held. Each statement sees what has committed before it, so the order matters.
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

-- What libs/engine/ledger does in the database (docs/ledger.md). A chain has two advisory locks: its writer's
-- connection holds the first for as long as the chain lives, every append holds the second shared and
-- closing a dead chain takes it exclusively, so that nothing can follow a close.

CREATE FUNCTION "ledger_life_lock"("p_chain" UUID) RETURNS BIGINT
LANGUAGE sql IMMUTABLE STRICT PARALLEL SAFE
RETURN hashtextextended("p_chain"::text, 4711002);

CREATE FUNCTION "ledger_append_lock"("p_chain" UUID) RETURNS BIGINT
LANGUAGE sql IMMUTABLE STRICT PARALLEL SAFE
RETURN hashtextextended("p_chain"::text, 4711003);

-- Appends a batch to one chain, whole or not at all, in one round trip. With p_epoch, only if that is
-- still the epoch: the lock is the one that bumpEpoch in libs/platform/db takes exclusively, and the row is read
-- in a statement of its own after it, so a revocation that committed first is always seen. Answers the
-- epoch it saw (NULL when unguarded), and nothing was written if that is not p_epoch. In the end it counts what
-- is there: a trigger, a rule or a policy on the tables may keep rows out without an error (invariant A12).
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
    v_kept BIGINT;
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

    SELECT count(*) INTO v_kept FROM ONLY ledger_entry
    WHERE chain = p_chain AND seq >= p_first_seq AND seq < p_first_seq + cardinality(p_hashes);
    IF v_kept <> cardinality(p_hashes) THEN
        -- What a rule made of the INSERT would otherwise stay the plan of this session.
        DISCARD PLANS;
        RAISE EXCEPTION 'ledger_entry kept % of % entries', v_kept, cardinality(p_hashes)
            USING ERRCODE = 'GH003';
    END IF;
    SELECT count(*) INTO v_kept FROM ONLY ledger_payload WHERE entry_id = ANY (p_ids);
    IF v_kept <> cardinality(p_payload_entry_ids) THEN
        RAISE EXCEPTION 'ledger_payload kept % of % payloads', v_kept, cardinality(p_payload_entry_ids)
            USING ERRCODE = 'GH003';
    END IF;

    RETURN v_epoch;
END
$$;

-- CreateTable
CREATE TABLE "unbound_client" (
    "issuer_id" UUID NOT NULL,
    "client_id" TEXT NOT NULL,
    "unbound_at" TIMESTAMPTZ(3) NOT NULL,

    CONSTRAINT "unbound_client_pkey" PRIMARY KEY ("issuer_id","client_id")
);

-- AddForeignKey
ALTER TABLE "unbound_client" ADD CONSTRAINT "unbound_client_issuer_id_fkey" FOREIGN KEY ("issuer_id") REFERENCES "issuer"("id") ON DELETE RESTRICT ON UPDATE CASCADE;

-- AlterTable
ALTER TABLE "outbox" ADD COLUMN     "attempts" INTEGER NOT NULL DEFAULT 0,
ADD COLUMN     "failed_at" TIMESTAMPTZ(3),
ADD COLUMN     "last_error" TEXT,
ADD COLUMN     "next_attempt_at" TIMESTAMPTZ(3);

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

-- People take over what a tool server offers, as the worker wrote it, and nothing else: no process that a person
-- reaches can write a definition (invariant G7). A class that nobody decided follows the tool server's claims.
CREATE FUNCTION "tool_take_over"("p_ids" UUID[], "p_at" TIMESTAMPTZ) RETURNS VOID LANGUAGE sql VOLATILE SECURITY DEFINER
SET search_path = public, pg_temp
AS $$
    UPDATE tool SET
        "title" = "offered"->>'title',
        "description" = "offered"->>'description',
        "input_schema" = "offered"->'inputSchema',
        "output_schema" = NULLIF("offered"->'outputSchema', 'null'::jsonb),
        "annotations" = "offered"->'annotations',
        "other_fields" = "offered"->'otherFields',
        "operation" = NULLIF("offered"->'operation', 'null'::jsonb),
        "classification" = CASE WHEN "classified_at" IS NULL
            THEN ("offered"->>'classification')::tool_classification ELSE "classification" END,
        "definition_digest" = "offered_digest",
        "offered" = NULL,
        "offered_digest" = NULL
    WHERE "id" = ANY("p_ids") AND "offered_digest" IS NOT NULL;
    UPDATE tool SET "is_taken_over" = true, "pinned_at" = "p_at" WHERE "id" = ANY("p_ids");
$$;
REVOKE ALL ON FUNCTION "tool_take_over"(UUID[], TIMESTAMPTZ) FROM PUBLIC;

-- What an agent was bound to stays known: what security stopped is not to go on as another agent.
CREATE TABLE "removed_binding" (
    "id" UUID NOT NULL DEFAULT gen_random_uuid(),
    "agent_id" UUID NOT NULL,
    "issuer_id" UUID,
    "subject" TEXT NOT NULL,
    "removed_at" TIMESTAMPTZ(3) NOT NULL,

    CONSTRAINT "removed_binding_pkey" PRIMARY KEY ("id")
);

CREATE INDEX "removed_binding_subject_idx" ON "removed_binding"("subject");

ALTER TABLE "removed_binding" ADD CONSTRAINT "removed_binding_agent_id_fkey" FOREIGN KEY ("agent_id") REFERENCES "agent"("id") ON DELETE RESTRICT ON UPDATE CASCADE;

CREATE FUNCTION "binding_is_remembered"() RETURNS trigger LANGUAGE plpgsql SECURITY DEFINER
SET search_path = public, pg_temp
AS $$
BEGIN
    INSERT INTO removed_binding (agent_id, issuer_id, subject, removed_at)
    VALUES (OLD."agent_id", OLD."issuer_id", OLD."subject", now());
    RETURN NULL;
END $$;
CREATE TRIGGER "binding_is_remembered" AFTER DELETE ON "binding" FOR EACH ROW
    EXECUTE FUNCTION "binding_is_remembered"();

-- A revocation, and the id of a token that was used up, counts until nobody accepts that token any more, also past
-- the commands: half an hour is longer than any clock tolerance, and shorter than what the worker keeps. Who owns
-- the table can disable a trigger anyway.
CREATE FUNCTION "stays_until_expired"() RETURNS trigger LANGUAGE plpgsql
SET search_path = public, pg_temp
AS $$
BEGIN
    IF pg_has_role(current_user, (SELECT relowner FROM pg_class WHERE oid = TG_RELID), 'USAGE') THEN
        RETURN CASE TG_OP WHEN 'DELETE' THEN OLD ELSE NEW END;
    END IF;
    RAISE EXCEPTION 'what is in % counts until it has expired', TG_TABLE_NAME USING ERRCODE = 'check_violation';
END $$;
CREATE TRIGGER "revocation_stays" BEFORE DELETE ON "revoked_token" FOR EACH ROW
    WHEN (OLD."expires_at" > now() - interval '30 minutes') EXECUTE FUNCTION "stays_until_expired"();
CREATE TRIGGER "revocation_is_not_cut_short" BEFORE UPDATE ON "revoked_token" FOR EACH ROW
    WHEN (NEW."expires_at" < OLD."expires_at") EXECUTE FUNCTION "stays_until_expired"();
CREATE TRIGGER "used_token_id_stays" BEFORE DELETE ON "used_token_id" FOR EACH ROW
    WHEN (OLD."expires_at" > now() - interval '30 minutes') EXECUTE FUNCTION "stays_until_expired"();

-- Keeps the inbox of unregistered agents small (libs/registry/unregistered-agents). A gateway may call it and
-- not delete: what somebody blocked stays.
CREATE FUNCTION "unregistered_agent_trim"("p_kept" INTEGER) RETURNS VOID LANGUAGE sql VOLATILE SECURITY DEFINER
SET search_path = public, pg_temp
AS $$
    DELETE FROM unregistered_agent WHERE blocked_at IS NULL AND id IN (
        SELECT id FROM unregistered_agent WHERE blocked_at IS NULL
        ORDER BY last_seen_at DESC, id DESC OFFSET greatest(p_kept, 0) FOR UPDATE SKIP LOCKED);
$$;

-- What an agent may see of a call of its own (libs/gateway/tool-calls/own-calls.queries.ts): a gateway may call
-- it, and reads no arguments, results or other entries.
CREATE FUNCTION "ledger_own_call"("p_call" UUID, "p_agent" TEXT)
RETURNS TABLE ("at" TIMESTAMPTZ, "type" TEXT, "data" JSONB, "explanation" TEXT)
LANGUAGE sql STABLE SECURITY DEFINER
SET search_path = public, pg_temp
AS $$
    SELECT e.at, e.type, e.data, p.content
    FROM ledger_entry e
    LEFT JOIN ledger_payload p ON p.entry_id = e.id AND p.name = 'explanation'
    WHERE e.call_id = p_call AND e.actor_kind = 'agent' AND e.actor_id = p_agent
    ORDER BY e.id;
$$;
