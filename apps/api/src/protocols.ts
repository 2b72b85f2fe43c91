import type { Protocol } from '#libs/platform/http';
import { oauthProtocol } from '#libs/trust/token-endpoint';
import { scimProtocol } from '#libs/directory/provisioning';
import { LOGOUT_PROTOCOL } from '#libs/trust/sign-in';
import { ssfProtocol } from '#libs/directory/signals';

/** Every standard besides our own REST API that the API's addresses speak. */
export const PROTOCOLS: readonly Protocol[] = [
  oauthProtocol,
  LOGOUT_PROTOCOL,
  scimProtocol,
  ssfProtocol,
];
