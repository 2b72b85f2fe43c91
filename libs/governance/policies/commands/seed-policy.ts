import { command } from '#libs/engine/commands';
import { slugSchema, textSchema } from '#libs/platform/http';
import { DomainError } from '#libs/platform/kernel';
import { z } from 'zod';
import { loadPolicyCatalog } from '../policies.loader.js';
import { createPolicy, createVersion } from '../policies.repository.js';
import { policyTextSchema } from '../policies.schemas.js';
import { lockPolicy } from '../policies.sql.js';
import { usableText } from '../policy-texts.js';
import { newProposal } from './propose-policy.js';

const inputSchema = z.strictObject({
  name: slugSchema(64),
  description: textSchema(500).default(''),
  text: policyTextSchema,
});

// Two processes that start at once must not both seed.
const SEED_LOCK = 'seed-policy';
const NOTE = 'Seeded with the installation.';

/** Puts a first policy in force, without people: only while no person has proposed any. */
export class SeedPolicy extends command({
  name: 'seed-policy',
  permission: { action: 'publish', subject: 'PolicyVersion' },
  changesRights: 'registry',
  creates: true,
  actors: 'system',
  input: inputSchema,
  load: ({ actor }) => newProposal(actor),
  async run(ctx, { name, description, text }, { id }) {
    const { tx, now } = ctx;
    await lockPolicy(tx, SEED_LOCK);
    const byPeople = { OR: [{ proposedById: { not: null } }, { decidedById: { not: null } }] };
    if ((await tx.policyVersion.count({ where: byPeople })) > 0) {
      const message = 'People have proposed policies already: they change them from now on.';
      throw new DomainError('conflict', message);
    }
    const { rules, bindings } = await usableText(text, await loadPolicyCatalog(tx), { now });
    const policyId = await createPolicy(tx, { name, description, now });
    const version = {
      id,
      policyId,
      text,
      bindings,
      note: NOTE,
      basedOnId: null,
      proposedById: null,
    };
    const number = await createVersion(
      ctx,
      { ...version, proposedAt: now },
      { state: 'active', decisionNote: NOTE },
    );
    return {
      output: { id },
      subject: { id, name: `${name} version ${number}` },
      facts: { policyId, number, ruleCount: rules.length, state: 'active' },
      reason: NOTE,
    };
  },
}) {}
