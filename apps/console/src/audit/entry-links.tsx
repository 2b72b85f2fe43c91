import type { LedgerEntry } from '../api/types.js';
import { TextLink } from '../shared/links.js';
import { spaced, visibleText } from '../shared/format.js';

// Where a subject of an entry has a screen of its own.
const PLACES: Readonly<Record<string, string>> = {
  agent: 'agents',
  tool: 'tools',
  tool_server: 'tool-servers',
  policy: 'policies',
  policy_version: 'policy-versions',
  call: 'calls',
  tool_call: 'calls',
  person: 'people',
  group: 'groups',
  team: 'teams',
  issuer: 'issuers',
  scim_connection: 'scim-connections',
  signal_stream: 'signal-streams',
  unregistered_agent: 'unregistered-agents',
  access_request: 'access-requests',
  proposed_change: 'proposed-changes',
};

// And where an actor has; the system has none.
const ACTOR_PLACES: Readonly<Record<string, string>> = {
  agent: 'agents',
  person: 'people',
  scim: 'scim-connections',
};

const ID_SHOWN = 13;

/** A name, or an id as far as it tells one apart; the screens behind have it in full. */
const nameOr = (name: string | null, id: string): string =>
  name === null || name === id ? `${id.slice(0, ID_SHOWN)}…` : visibleText(name);

export const ActorLink = ({ actor }: { actor: LedgerEntry['actor'] }) => {
  const place = ACTOR_PLACES[actor.kind];
  const name = nameOr(actor.name, actor.id);
  return (
    <>
      {place === undefined ? name : <TextLink to={`/${place}/${actor.id}`}>{name}</TextLink>}
      {actor.kind === 'system' && ' (the system)'}
      {actor.kind === 'scim' && ' (SCIM)'}
    </>
  );
};

export const SubjectLink = ({ subject }: { subject: LedgerEntry['subject'] }) => {
  if (subject === null) return <>–</>;
  const words = `${spaced(subject.kind)} ${nameOr(subject.name, subject.id)}`;
  const place = PLACES[subject.kind];
  return place === undefined ? (
    <>{words}</>
  ) : (
    <TextLink to={`/${place}/${subject.id}`}>{words}</TextLink>
  );
};
