import { DESKTOP_CLIENT_ID } from '../idp/clients.js';

/** An agent of the demo organisation. */
export interface SandboxAgent {
  name: string;
  /** Its client at the IdP. */
  clientId: string;
  /** `subject`: it gets tokens for itself; `client`: people sign in with it, and it calls for them. */
  binding: 'subject' | 'client';
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
    binding: 'subject',
    purpose: 'Writes and reviews code, and tries tools out on the tool server everything.',
    ownerEmail: 'developer@example.test',
    team: 'Engineering',
    riskTier: 'medium',
    tags: ['internal', 'code'],
  },
  {
    name: 'support-agent',
    clientId: 'support-agent',
    binding: 'subject',
    purpose: 'Answers customers in the helpdesk and prepares refunds.',
    ownerEmail: 'office@example.test',
    team: 'Customer Support',
    riskTier: 'high',
    tags: ['customer-facing'],
  },
  {
    name: 'research-agent',
    clientId: 'research-agent',
    binding: 'subject',
    purpose: 'Looks things up and sums them up; changes nothing.',
    ownerEmail: 'office@example.test',
    team: 'Research',
    riskTier: 'low',
    tags: ['internal', 'read-only'],
  },
  {
    name: 'desktop-agent',
    clientId: DESKTOP_CLIENT_ID,
    binding: 'client',
    purpose: 'Looks things up for the person who signs in with it.',
    ownerEmail: 'developer@example.test',
    team: 'Engineering',
    riskTier: 'low',
    tags: ['internal', 'interactive'],
  },
];
