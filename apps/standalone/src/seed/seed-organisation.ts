import type { INestApplicationContext } from '@nestjs/common';
import type { DemoOrganisation, SandboxPolicy } from '../../../sandbox/src/index.js';
import { ActivateAgent, BindAgent, RegisterAgent } from '#libs/registry/agents';
import { RegisterToolServer } from '#libs/registry/catalog';
import { Database } from '#libs/platform/db';
import { systemActor } from '#libs/platform/kernel';
import { AddPerson, AddTeam } from '#libs/directory/people';
import { SeedPolicy } from '#libs/governance/policies';
import { classifyTools } from './classify-tools.js';
import { trustIdp } from './trust-idp.js';
import { untilDiscovered } from './until-discovered.js';

const SEEDER = systemActor('sandbox');
const REASON = "Part of the sandbox's demo organisation.";

/**
 * Creates the demo organisation by the same commands as everything else. What is there already is
 * left alone, so a start that was killed half-way is finished by the next one.
 */
export const seedOrganisation = async (
  commands: INestApplicationContext,
  organisation: DemoOrganisation,
  publicUrl: string,
): Promise<void> => {
  const db = commands.get(Database);
  const issuerId = await trustIdp(commands, db, { organisation, publicUrl, actor: SEEDER });
  const teamIds = await addTeams(commands, db, organisation.teams);
  const personIds = await addPeople(commands, db, organisation, teamIds);
  await addAgents(commands, db, { organisation, issuerId, teamIds, personIds });
  await addToolServers(commands, db, { organisation, teamIds, personIds });
  // Policies name tools, so the tools must be known; once there is a policy, people see to both.
  const missing = await missingPolicies(db, organisation);
  if (missing.length === 0) return;
  await untilDiscovered(
    db,
    organisation.toolServers.map(({ slug }) => slug),
  );
  // Before the policies, so that the first thing in force is all of what the organisation decided.
  await classifyTools(commands, db, { ...organisation, actor: SEEDER, reason: REASON });
  for (const policy of missing) await commands.get(SeedPolicy).execute(SEEDER, policy);
};

/** None once people have proposed any: from then on policies are theirs. */
const missingPolicies = async (
  db: Database,
  { policies }: DemoOrganisation,
): Promise<SandboxPolicy[]> => {
  if ((await db.policyVersion.count({ where: { proposedById: { not: null } } })) > 0) return [];
  const seeded = await db.policy.findMany({ select: { name: true } });
  const names = new Set(seeded.map((policy) => policy.name));
  return policies.filter((policy) => !names.has(policy.name));
};

type Ids = ReadonlyMap<string, string>;

const idOf = (ids: Ids, key: string): string => {
  const id = ids.get(key);
  if (id === undefined) throw new Error(`the organisation has no ${key}`);
  return id;
};

const addTeams = async (
  commands: INestApplicationContext,
  db: Database,
  names: readonly string[],
): Promise<Ids> => {
  const ids = new Map<string, string>();
  for (const name of names) {
    const found = await db.team.findUnique({ where: { name } });
    ids.set(name, (found ?? (await commands.get(AddTeam).execute(SEEDER, { name }))).id);
  }
  return ids;
};

const addPeople = async (
  commands: INestApplicationContext,
  db: Database,
  { issuer, accounts, agents }: DemoOrganisation,
  teamIds: Ids,
): Promise<Ids> => {
  const ids = new Map<string, string>();
  for (const { subject, email, name, roles } of accounts) {
    const identity = await db.personIdentity.findUnique({
      where: { issuer_subject: { issuer, subject } },
    });
    const teams = new Set(
      agents.filter((agent) => agent.ownerEmail === email).map((agent) => agent.team),
    );
    const input = {
      issuer,
      subject,
      email,
      name,
      roles,
      teamIds: [...teams].map((team) => idOf(teamIds, team)),
    };
    const { id } = identity
      ? { id: identity.personId }
      : await commands.get(AddPerson).execute(SEEDER, input);
    ids.set(email, id);
  }
  return ids;
};

const addAgents = async (
  commands: INestApplicationContext,
  db: Database,
  context: { organisation: DemoOrganisation; issuerId: string; teamIds: Ids; personIds: Ids },
): Promise<void> => {
  const { organisation, issuerId, teamIds, personIds } = context;
  for (const { clientId, binding, ownerEmail, team, ...agent } of organisation.agents) {
    let found = await db.agent.findUnique({
      where: { name: agent.name },
      include: { bindings: true },
    });
    if (!found) {
      const input = { ...agent, ownerId: idOf(personIds, ownerEmail), teamId: idOf(teamIds, team) };
      const { id } = await commands.get(RegisterAgent).execute(SEEDER, input);
      found = await db.agent.findUniqueOrThrow({ where: { id }, include: { bindings: true } });
    }
    const { id, bindings, state } = found;
    if (bindings.length === 0)
      await commands
        .get(BindAgent)
        .execute(
          SEEDER,
          binding === 'client'
            ? { id, kind: 'client', issuerId, clientId }
            : { id, kind: 'subject', issuerId, subject: clientId },
        );
    // Only a draft is unfinished; an agent that somebody suspended stays suspended.
    if (state === 'draft')
      await commands.get(ActivateAgent).execute(SEEDER, { id, reason: REASON });
  }
};

const addToolServers = async (
  commands: INestApplicationContext,
  db: Database,
  context: { organisation: DemoOrganisation; teamIds: Ids; personIds: Ids },
): Promise<void> => {
  // A tool's owner drafts its access grants and IT publishes them: two people.
  const ownerId = idOf(context.personIds, 'office@example.test');
  for (const { team, ...server } of context.organisation.toolServers) {
    if ((await db.toolServer.count({ where: { slug: server.slug } })) > 0) continue;
    const input = { ...server, ownerId, teamId: idOf(context.teamIds, team) };
    await commands.get(RegisterToolServer).execute(SEEDER, input);
  }
};
