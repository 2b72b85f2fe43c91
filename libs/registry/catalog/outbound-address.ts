import { DomainError } from '#libs/platform/kernel';
import type { Outbound } from '#libs/engine/upstream';

/** The address in its normal form, if it may be called at all. @throws DomainError `invalid_input` */
export const checkAddress = (
  outbound: Pick<Outbound, 'assertUrl'>,
  path: string,
  url: string,
): string => {
  try {
    return outbound.assertUrl(url).href;
  } catch (error) {
    if (error instanceof DomainError) throw invalidAt(path, error.message);
    throw error;
  }
};

/** Says what is wrong with one field. */
export const invalidAt = (path: string, message: string): DomainError =>
  new DomainError('invalid_input', message, { problems: [{ path, message }] });
