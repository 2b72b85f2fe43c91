import type { PersonWhereInput } from '#libs/platform/db';

/**
 * People who can do something with what they have: a client may have provisioned somebody who never signed
 * in, and whose first sign-in two people would have to confirm before a privileged role counts.
 */
export const CAN_ACT: PersonWhereInput = {
  disabledAt: null,
  NOT: { scimUser: { isNot: null }, identities: { none: {} } },
};
