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
  'The people who answer for it, by the ids of Users; the first one owns it. Another owner is named in the console.',
  [
    attribute('value', 'The id of a User of this connection.', {
      required: true,
      caseExact: true,
      mutability: 'immutable',
    }),
    attribute('$ref', 'The address of the User.', {
      type: 'reference',
      referenceTypes: ['User'],
      mutability: 'immutable',
    }),
    attribute('display', 'The name of the User.', { mutability: 'immutable' }),
  ],
  { multiValued: true, required: true, mutability: 'immutable' },
);

/** What both drafts say besides. */
export const ABOUT = [
  attribute('displayName', 'The name that is shown.'),
  attribute('description', 'What it is for.'),
  attribute(
    'active',
    'Whether people have activated it. False suspends it at once; true starts nothing; it always has a value.',
    { type: 'boolean' },
  ),
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
          mutability: 'immutable',
          uniqueness: 'server',
        }),
        attribute('agentType', 'What kind of agent it is.'),
        ...ABOUT,
        OWNERS,
      ],
    },
  },
};
