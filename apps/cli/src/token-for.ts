import { DomainError } from '#libs/platform/kernel';
import { personToken } from './person-token.js';
import { scimToken } from './scim-token.js';
import { agentToken } from './token.js';

/** Whose token `gatehouse token` prints. */
export interface TokenOptions {
  agent?: string;
  person?: string;
  scim?: boolean;
}

/** The one token that is asked for. @throws DomainError when none is, or more than one */
export const tokenFor = async ({ agent, person, scim }: TokenOptions): Promise<string> => {
  const asked = [agent, person, scim].filter((option) => option !== undefined);
  if (asked.length === 1) {
    if (agent !== undefined) return agentToken(agent);
    if (person !== undefined) return personToken(person);
    return scimToken();
  }
  throw new DomainError(
    'invalid_input',
    'Say whose token: --agent NAME, --person ACCOUNT or --scim; one of them.',
  );
};
