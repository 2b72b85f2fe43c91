import { endProposalsOf } from '#libs/engine/commands';
import { personIdOf } from '#libs/platform/kernel';
import { z } from 'zod';
import { publicationEffect } from '../publication-effect.js';
import { alreadyDecided, whyNotDecide, secondPersonFor } from '../policies.rules.js';
import { loadPolicyCatalog } from '../policies.loader.js';
import { assertBasis, findActive, changeOfPolicyVersion } from '../policies.repository.js';
import { archiveActive, decideVersion, PUBLISH_POLICY } from '../policies.sql.js';
import { usableText } from '../policy-texts.js';
import { assertSameNames, publicationContext } from '../policies.names.js';

/** Puts a version in force, only over the version it was based on: a second person confirms it, always. */
export class PublishPolicy extends changeOfPolicyVersion({
  name: PUBLISH_POLICY,
  action: 'publish',
  changesRights: 'registry',
  emergency: { rejected: 'it takes two people with the role' },
  input: z.strictObject({}),
  rejection(_actor, version) {
    return whyNotDecide(version);
  },
  secondPerson: {
    when: 'a version of a policy, or an access grant, would be in force',
    always: true,
    ask: (ctx, _input, version) => secondPersonFor(ctx, version),
  },
  async run({ tx, confirmedBy, now, signs }, { id }, version) {
    const { policyId, proposedById, number, basedOnId, text } = version;
    const basis = await findActive(tx, policyId);
    await assertBasis(tx, basedOnId, basis);
    // Tools, agents and groups may have come and gone since it was proposed, and an access grant's time with
    // them.
    const catalog = await loadPolicyCatalog(tx);
    const context = await publicationContext(version, { basis, catalog, now });
    const { bindings } = await usableText(text, catalog, context);
    assertSameNames(version.bindings, bindings);
    if (basis !== null) await signs('policy_version', [basis.id]);
    const archivedId = await archiveActive(tx, policyId, now);
    const decidedById = confirmedBy && personIdOf(confirmedBy.actor);
    const note = confirmedBy?.note ?? version.note;
    if (!(await decideVersion(tx, 'active', { id, decidedById, at: now, note }))) {
      throw alreadyDecided();
    }
    // Whatever else was proposed to publish it has nothing left to do.
    await endProposalsOf(
      tx,
      { command: PUBLISH_POLICY, subjectId: id },
      { byId: null, at: now, note },
    );
    return {
      output: { id },
      subject: { id, name: `${version.policyName} version ${number}` },
      facts: {
        policyId,
        kind: version.kind,
        number,
        writtenById: proposedById,
        requestedById: version.requestedById,
        publishedById: decidedById,
        archivedId,
      },
      reason: note,
      changes: await publicationEffect(basis, version),
    };
  },
}) {}
