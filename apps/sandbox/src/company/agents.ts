/** An agent of the make-believe company; its client id at the IdP is its name. */
export interface SandboxAgent {
  name: string;
  clientId: string;
  purpose: string;
  ownerEmail: string;
  team: string;
  riskTier: 'low' | 'medium' | 'high';
  tags: readonly string[];
}

/** The teams that own agents and tools. */
export const TEAMS: readonly string[] = ['Engineering', 'Customer Support', 'Research'];

/** Every agent. */
export const AGENTS: readonly SandboxAgent[] = [
  {
    name: 'coding-agent',
    clientId: 'coding-agent',
    purpose: 'Writes and reviews code, and tries tools out on the tool server everything.',
    ownerEmail: 'developer@example.test',
    team: 'Engineering',
    riskTier: 'medium',
    tags: ['internal', 'code'],
  },
  {
    name: 'support-agent',
    clientId: 'support-agent',
    purpose: 'Answers customers in the helpdesk and prepares refunds.',
    ownerEmail: 'office@example.test',
    team: 'Customer Support',
    riskTier: 'high',
    tags: ['customer-facing'],
  },
  {
    name: 'research-agent',
    clientId: 'research-agent',
    purpose: 'Looks things up and sums them up; changes nothing.',
    ownerEmail: 'office@example.test',
    team: 'Research',
    riskTier: 'low',
    tags: ['internal', 'read-only'],
  },
];
