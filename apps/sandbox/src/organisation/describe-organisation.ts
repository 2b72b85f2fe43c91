import { readdirSync, readFileSync } from 'node:fs';
import { ACCOUNTS, SANDBOX_PASSWORD, type Account } from './accounts.js';
import { AGENTS, TEAMS, type SandboxAgent } from './agents.js';
import { CLASSIFICATIONS, type SandboxClassification } from './classifications.js';

/** A policy of the demo organisation, as text in the policy language. */
export interface SandboxPolicy {
  name: string;
  text: string;
}

/** A tool server of the demo organisation. */
export type SandboxToolServer =
  | { slug: string; name: string; kind: 'mcp'; url: string; team: string }
  | { slug: string; name: string; kind: 'rest'; url: string; openapiUrl: string; team: string };

/** Everything that seeding needs. */
export interface DemoOrganisation {
  issuer: string;
  password: string;
  accounts: readonly Account[];
  teams: readonly string[];
  agents: readonly SandboxAgent[];
  toolServers: readonly SandboxToolServer[];
  classifications: readonly SandboxClassification[];
  policies: readonly SandboxPolicy[];
}

/** Where the parts of the sandbox answer. */
export interface SandboxAddresses {
  issuer: string;
  everythingUrl: string;
  helpdeskUrl: string;
}

/** Describes the demo organisation, as data. */
export const describeOrganisation = (addresses: SandboxAddresses): DemoOrganisation => ({
  issuer: addresses.issuer,
  password: SANDBOX_PASSWORD,
  accounts: ACCOUNTS,
  teams: TEAMS,
  agents: AGENTS,
  toolServers: [
    {
      slug: 'everything',
      name: 'Everything (the public MCP example server)',
      kind: 'mcp',
      url: addresses.everythingUrl,
      team: 'Engineering',
    },
    {
      slug: 'helpdesk',
      name: 'Helpdesk',
      kind: 'rest',
      url: addresses.helpdeskUrl,
      openapiUrl: `${addresses.helpdeskUrl}/openapi.json`,
      team: 'Customer Support',
    },
  ],
  classifications: CLASSIFICATIONS,
  policies: policies(),
});

function policies(): SandboxPolicy[] {
  const directory = new URL('../policies/', import.meta.url);
  return readdirSync(directory)
    .filter((file) => file.endsWith('.yaml'))
    .sort()
    .map((file) => ({
      name: file.slice(0, -'.yaml'.length),
      text: readFileSync(new URL(file, directory), 'utf8'),
    }));
}
