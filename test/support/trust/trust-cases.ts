import { AGENT } from './agent-cases.js';
import { DELEGATION } from './delegation-cases.js';
import { EMERGENCY } from './emergency-cases.js';
import { ISSUED_TO } from './issued-to-cases.js';
import { BESIDE, MAY_ACT, PERSON } from './person-cases.js';
import type { TrustCase } from './presented.js';
import { BOUND, ISSUER, OWN_TOKENS } from './token-cases.js';

/** The whole table. */
export const TRUST_CASES: Readonly<Record<string, readonly TrustCase[]>> = {
  'whom a token names': BOUND,
  'the issuer, and the token itself': ISSUER,
  'our own tokens': OWN_TOKENS,
  'the agent, and those through whom it acts': AGENT,
  'the person': PERSON,
  'what is presented beside the agent’s own token': BESIDE,
  'to which agent a token about the person was issued': ISSUED_TO,
  'who may act': MAY_ACT,
  'a delegation': DELEGATION,
  'what was done by emergency access alone': EMERGENCY,
};
