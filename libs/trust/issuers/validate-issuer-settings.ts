import type { Config } from '#libs/platform/config';
import { trustedIssuer } from '#libs/trust/token-verification';
import { DomainError } from '#libs/platform/kernel';
import type { Outbound } from '#libs/engine/upstream';
import type { IssuerSettings } from './issuer-settings.js';
import { issuerProblems } from './issuers.rules.js';

/** What {@link assertValidSettings} asks about addresses. */
export type AddressCheck = Pick<Outbound, 'assertUrl'>;

const isAllowed = (outbound: AddressCheck, url: string): boolean => {
  try {
    outbound.assertUrl(url);
    return true;
  } catch {
    return false;
  }
};

/** Every reason not to trust an issuer with these settings; nothing when they are sound. */
export const settingsProblems = (
  outbound: AddressCheck,
  settings: IssuerSettings,
  { publicUrl }: Pick<Config, 'publicUrl'>,
) => {
  // OUTBOUND_ALLOW names loopback in the sandbox, and nowhere else.
  const canUseLoopback = isAllowed(outbound, 'http://127.0.0.1/');
  const unreachable = (['url', 'keysUrl'] as const).filter((path) => {
    const address = settings[path];
    return address !== null && !isAllowed(outbound, address);
  });
  return [
    ...issuerProblems(settings, { canUseLoopback, publicUrl }),
    ...unreachable.map((path) => ({
      path,
      message: 'is in a network that Gatehouse may not connect to; name it in OUTBOUND_ALLOW',
    })),
  ];
};

/** Rejects settings that would let more in than is meant. @throws DomainError `invalid_input` */
export const assertValidSettings = (
  outbound: AddressCheck,
  settings: IssuerSettings,
  config: Pick<Config, 'publicUrl'>,
): void => {
  const problems = settingsProblems(outbound, settings, config);
  if (problems.length === 0) {
    // What verification would do not load must never be saved.
    trustedIssuer({ ...settings, id: '' });
    return;
  }
  const message = 'An issuer with these settings would let in more than you mean: see problems.';
  throw new DomainError('invalid_input', message, { problems });
};
