const SPIFFE_ID = /^spiffe:\/\/[a-z0-9._-]{1,255}((?:\/[A-Za-z0-9._-]+)+)$/;
const MAX_SPIFFE_ID_LENGTH = 2_048;

/** SPIFFE-ID §2: a trust domain and a path, whose segments are plain names; never a wildcard. */
export const isSpiffeId = (value: unknown): value is string => {
  if (typeof value !== 'string' || value.length > MAX_SPIFFE_ID_LENGTH) return false;
  const path = SPIFFE_ID.exec(value)?.[1];
  return path !== undefined && path.split('/').every((part) => part !== '.' && part !== '..');
};

const SERVICE_ACCOUNT =
  /^system:serviceaccount:[a-z0-9](?:[a-z0-9-]{0,61}[a-z0-9])?:[a-z0-9](?:[a-z0-9.-]{0,251}[a-z0-9])?$/;

/** The user name of a Kubernetes service account: namespace and name as Kubernetes allows them. */
export const isServiceAccountName = (value: unknown): value is string =>
  typeof value === 'string' && SERVICE_ACCOUNT.test(value);
