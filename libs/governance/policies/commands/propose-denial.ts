import { can } from '#libs/platform/access';
import { command, type CommandContext } from '#libs/engine/commands';
import { DomainError } from '#libs/platform/kernel';
import type { AgentFacts, ToolFacts } from '#libs/engine/policy';
import { withDenial } from '../denial-rule.js';
import { considerPair, effectOf } from '../impact/pair-effect.js';
import { compilePublished } from '../impact/published-snapshot.js';
import { loadPolicyCatalog, loadPublishedRules } from '../policies.loader.js';
import { createPolicy, createVersion, findActive } from '../policies.repository.js';
import { proposeDenialSchema } from '../policies.schemas.js';
import { lockPolicy } from '../policies.sql.js';
import { usableText } from '../policy-texts.js';
import { contextOfToday } from '../policies.names.js';
import { newProposal } from './propose-policy.js';
interface Pair {
  agent: AgentFacts;
  tool: ToolFacts;
}

const MAIN_POLICY = 'main';
const NO_RULES = 'rules: []\n';

/** Proposes a rule that denies one tool to one agent, in the policy that decides that pair today. */
export class ProposeDenial extends command({
  name: 'propose-denial',
  permission: { action: 'propose', subject: 'PolicyVersion' },
  changesRights: false,
  emergency: { rejected: 'it takes two people with the role; a kill switch is for emergencies' },
  creates: true,
  input: proposeDenialSchema,
  load: ({ actor }) => newProposal(actor),
  async run(ctx, { agentId, toolId, reason }, { id, proposedById }) {
    const { tx, now } = ctx;
    await assertAgentIsReadable(ctx, agentId);
    const catalog = await loadPolicyCatalog(tx);
    const agent = catalog.agents.find((facts) => facts.id === agentId);
    const tool = catalog.tools.find((facts) => facts.id === toolId);
    if (agent === undefined || tool === undefined) throw noSuchPair();
    const policy = await policyFor(ctx, { agent, tool });
    const basis = await findActive(tx, policy.id);
    const before = basis ?? { text: NO_RULES, bindings: [] };
    const { text, ruleName } = await withDenial(before, catalog, { agent, tool, reason });
    const context = await contextOfToday(now, basis, catalog);
    const { bindings } = await usableText(text, catalog, context);
    const note = `Deny ${tool.server}/${tool.name} to ${agent.name}: ${reason}`.slice(0, 500);
    const basedOnId = basis?.id ?? null;
    const number = await createVersion(
      ctx,
      { id, policyId: policy.id, text, bindings, note, basedOnId, proposedById, proposedAt: now },
      { state: 'in_review' },
    );
    return {
      output: { id },
      subject: { id, name: `${policy.name} version ${number}` },
      facts: { policyId: policy.id, number, basedOnId, agentId, toolId, rule: ruleName },
      names: { agent: agent.name, tool: `${tool.server}/${tool.name}` },
      reason,
    };
  },
}) {}

const noSuchPair = (): DomainError =>
  new DomainError(
    'not_found',
    'This agent or tool was not found, or you do not have access to it.',
  );

const assertAgentIsReadable = async ({ tx, actor }: CommandContext, id: string): Promise<void> => {
  const agent = await tx.agent.findUnique({
    where: { id },
    select: { id: true, teamId: true, ownerId: true },
  });
  if (agent === null || !can(actor, 'read', 'Agent', agent)) throw noSuchPair();
};

/** The policy whose rule decides, else selects, the pair; else the main one; held for the caller. */
// An access grant is one rule and stays that: a denial is written into a policy.
const policyFor = async ({ tx, now }: CommandContext, { agent, tool }: Pair) => {
  const published = await loadPublishedRules(tx);
  const compiled = compilePublished(published, { tools: [tool], agents: [agent] });
  const considered = considerPair(compiled, agent.id, tool.id, now);
  const barring = considered.find((rule) => rule.effect === 'deny' && rule.always);
  if (barring !== undefined && effectOf(considered) === 'deny') {
    const message = `The rule ${barring.rule} of the policy ${barring.policy.name} denies this already, whatever the arguments.`;
    throw new DomainError('conflict', message);
  }
  const ofPolicies = considered.filter((rule) => rule.policy.kind === 'policy');
  const selecting = ofPolicies.find((rule) => rule.isDecisive) ?? ofPolicies[0];
  const policy =
    selecting?.policy ??
    (await tx.policy.findUnique({
      where: { name: MAIN_POLICY },
      select: { id: true, name: true },
    })) ??
    (await tx.policy.findFirst({
      where: { kind: 'policy' },
      orderBy: { id: 'asc' },
      select: { id: true, name: true },
    })) ??
    (await createMain({ tx, now }));
  await lockPolicy(tx, policy.id);
  return policy;
};

const createMain = async ({ tx, now }: Pick<CommandContext, 'tx' | 'now'>) => {
  const description = 'What agents may do.';
  const id = await createPolicy(tx, { name: MAIN_POLICY, description, now });
  return { id, name: MAIN_POLICY };
};
