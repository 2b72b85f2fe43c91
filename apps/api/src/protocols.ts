import type { Protocol } from '#libs/http';
import { oauthProtocol } from '#libs/tokens';
import { scimProtocol } from '#libs/provisioning';
import { LOGOUT_PROTOCOL } from '#libs/identity';
import { ssfProtocol } from '#libs/signals';

/** Every standard besides our own REST API that the API's addresses speak. */
export const PROTOCOLS: readonly Protocol[] = [
  oauthProtocol,
  LOGOUT_PROTOCOL,
  scimProtocol,
  ssfProtocol,
];
