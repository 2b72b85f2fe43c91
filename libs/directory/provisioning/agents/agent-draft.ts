import type { JsonObject } from '#libs/platform/kernel';
import { asText } from '../resource/read-value.js';
import { attribute, complex, type ResourceType } from '../schema/attribute.js';

// EXPERIMENTAL: draft-wzdk-scim-agent-resource-00, as far as it concerns the registry. Everything that
// follows the draft is in this file.

/** How a draft's resource maps to an agent of the registry. */
export interface AgentDraft {
  readonly type: ResourceType;
  /** What the registry's name is made from. */
  readonly nameOf: (resource: JsonObject) => string;
}

/** The people who answer for it; the first one owns it in the registry. */
export const OWNERS = complex(
  'owners',
  'The people who answer for it, by the ids of Users; the first one owns it. Set when it is made.',
  [
    attribute('value', 'The id of a User.', { caseExact: true }),
    attribute('$ref', 'The address of the User.', { type: 'reference', referenceTypes: ['User'] }),
    attribute('display', 'The name of the User.'),
  ],
  { multiValued: true },
);

/** What both drafts say besides. */
export const ABOUT = [
  attribute('displayName', 'The name that is shown.'),
  attribute('description', 'What it is for.'),
  attribute('active', 'False suspends it at once. True starts nothing: people activate an agent.', {
    type: 'boolean',
  }),
];

/** Agents at /Agents. */
export const AGENT: AgentDraft = {
  nameOf: ({ agentUserName }) => asText(agentUserName),
  type: {
    name: 'Agent',
    endpoint: '/Agents',
    description: 'AI agents.',
    experimental: true,
    extensions: [],
    schema: {
      id: 'urn:ietf:params:scim:schemas:core:2.0:Agent',
      name: 'Agent',
      description: 'An AI agent (experimental: draft-wzdk-scim-agent-resource-00).',
      attributes: [
        attribute('agentUserName', 'What the agent is known by; never used again.', {
          required: true,
          uniqueness: 'server',
        }),
        attribute('agentType', 'What kind of agent it is.'),
        ...ABOUT,
        OWNERS,
      ],
    },
  },
};
