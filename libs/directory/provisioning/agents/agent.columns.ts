import { isObject, isUuid, type JsonObject } from '#libs/platform/kernel';
import { badRequest } from '../errors.js';
import { AGENT, type AgentDraft } from './agent-draft.js';
import { AGENTIC_APPLICATION } from './agentic-application-draft.js';

/** The resource types that are agents of the registry. */
export const AGENT_TYPES = ['Agent', 'AgenticApplication'] as const;

/** One of {@link AGENT_TYPES}. */
export type AgentType = (typeof AGENT_TYPES)[number];

/** The draft of a resource type. */
export const DRAFTS: Record<AgentType, AgentDraft> = {
  Agent: AGENT,
  AgenticApplication: AGENTIC_APPLICATION,
};

/** The name in the registry: lower-case letters, digits and hyphens, made from what the client calls it. */
export const registryName = (name: string): string => {
  const slug = name
    .normalize('NFKC')
    .toLowerCase()
    .replaceAll(/[^a-z0-9]+/g, '-')
    .replaceAll(/^-+|-+$/g, '');
  if (slug !== '' && slug.length <= 64) return slug;
  throw badRequest('invalidValue', 'The name needs 1 to 64 letters or digits: choose another.');
};

/** What the registry says it is for. */
export const purposeOf = (resource: JsonObject, name: string): string =>
  [resource['description'], resource['displayName'], name]
    .map((text) => (typeof text === 'string' ? text : ''))
    .map((text) => text.replaceAll(/[\p{Cc}\u202a-\u202e\u2066-\u2069]+/gu, ' ').trim())
    .find((text) => text !== '')
    ?.slice(0, 500)
    .toWellFormed() ?? name;

/** The ids of the owners, in order. */
export const ownerIds = ({ owners }: JsonObject): string[] =>
  (Array.isArray(owners) ? owners : [])
    .filter(isObject)
    .map(({ value }) => (typeof value === 'string' ? value.toLowerCase() : ''));

/** Who owns it. */
export const firstOwner = (resource: JsonObject): string => {
  const [owner] = ownerIds(resource);
  if (owner !== undefined && isUuid(owner)) return owner;
  throw badRequest('invalidValue', 'owners must name at least one User: an agent has an owner.');
};
