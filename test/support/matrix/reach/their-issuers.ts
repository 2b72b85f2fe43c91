import { EVIL, HONEST, OLD_IDP } from '../attackers.js';
import type { Issuer } from './state.js';

/** Whether attackers can have this issuer say whatever they like, in tokens that are accepted here. */
export const isTheirs = ({ url, keys, claims, audiences, retired }: Issuer): boolean => {
  if (retired) return false;
  if ([url, keys ?? ''].some((address) => address.startsWith(EVIL))) return true;
  if (url === OLD_IDP) return true;
  // At the honest IdP they have a tenant of their own, and an application of their own.
  if (url === HONEST && !('tid' in claims)) return true;
  return audiences.some((audience) => audience.startsWith(EVIL));
};
