import { asText } from '../resource/read-value.js';
import { attribute } from '../schema/attribute.js';
import { ABOUT, OWNERS, type AgentDraft } from './agent-draft.js';

// EXPERIMENTAL: draft-abbey-scim-agent-extension-00, as far as it concerns the registry. Everything that
// follows the draft is in this file. An application that hosts agents is an agent here: something that
// comes with a token of its own.

/** Applications that expose agents, at /AgenticApplications. */
export const AGENTIC_APPLICATION: AgentDraft = {
  nameOf: ({ name }) => asText(name),
  type: {
    name: 'AgenticApplication',
    endpoint: '/AgenticApplications',
    description: 'Applications that expose agents.',
    experimental: true,
    extensions: [],
    schema: {
      id: 'urn:ietf:params:scim:schemas:core:2.0:AgenticApplication',
      name: 'AgenticApplication',
      description:
        'An application that exposes agents (experimental: draft-abbey-scim-agent-extension-00).',
      attributes: [
        attribute('name', 'What the application is known by; never used again.', {
          required: true,
          mutability: 'immutable',
          uniqueness: 'server',
        }),
        ...ABOUT,
        OWNERS,
      ],
    },
  },
};
