import { command } from '#libs/engine/commands';
import { newId } from '#libs/platform/kernel';
import { assertIssuerExists, assertNameIsFree } from '../connections.repository.js';
import { registerScimConnectionSchema } from '../connections.schemas.js';

const inputSchema = registerScimConnectionSchema;

/** Registers a provisioning client; it reaches nothing before it has a token. */
export class RegisterScimConnection extends command({
  name: 'register-scim-connection',
  permission: { action: 'register', subject: 'ScimConnection' },
  changesRights: false,
  emergency: { rejected: 'what a provisioning client did would stay' },
  creates: true,
  input: inputSchema,
  load: () => ({ id: newId() }),
  async run({ tx, now }, input, { id }) {
    await assertNameIsFree(tx, input.name, id);
    await assertIssuerExists(tx, input.issuerId);
    await tx.scimConnection.create({
      data: { ...input, id, createdAt: now },
      select: { id: true },
    });
    return {
      output: { id },
      subject: { id, name: input.name },
      facts: { kind: input.kind, issuerId: input.issuerId },
    };
  },
}) {}
