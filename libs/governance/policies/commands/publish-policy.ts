import { personIdOf } from '#libs/platform/kernel';
import { decisionRejection, alreadyDecided } from '../policies.rules.js';
import { loadPolicyCatalog } from '../policies.loader.js';
import { assertBasis, findActive, changeOfPolicyVersion } from '../policies.repository.js';
import { decidePolicySchema } from '../policies.schemas.js';
import { archiveActive, decideVersion } from '../policies.sql.js';
import { usableText } from '../policy-texts.js';
import { assertSameNames, publicationContext } from '../policies.names.js';

/** Puts a version in force; never one's own proposal, and only over the version it was based on. */
export class PublishPolicy extends changeOfPolicyVersion({
  name: 'publish-policy',
  action: 'publish',
  changesRights: 'registry',
  input: decidePolicySchema,
  rejection(actor, version) {
    return decisionRejection(actor, 'publish', version);
  },
  async run({ tx, actor, now, signs }, { id, note }, version) {
    const { policyId, proposedById, number, basedOnId, text } = version;
    const basis = await findActive(tx, policyId);
    await assertBasis(tx, basedOnId, basis);
    // Tools, agents and groups may have come and gone since it was proposed, and an access grant's time with them.
    const catalog = await loadPolicyCatalog(tx);
    const context = publicationContext(version, { basis, catalog, now });
    assertSameNames(version.bindings, usableText(text, catalog, context).bindings);
    if (basis !== null) await signs('policy_version', [basis.id]);
    const archivedId = await archiveActive(tx, policyId, now);
    const decidedById = personIdOf(actor);
    if (!(await decideVersion(tx, 'active', { id, decidedById, at: now, note }))) {
      throw alreadyDecided();
    }
    return {
      output: { id },
      subject: { id, name: `${version.policyName} version ${number}` },
      facts: {
        policyId,
        kind: version.kind,
        number,
        proposedById,
        requestedById: version.requestedById,
        publishedById: decidedById,
        archivedId,
      },
      names: { proposer: version.proposer ?? 'the system', publisher: actor.name },
      reason: note,
    };
  },
}) {}
