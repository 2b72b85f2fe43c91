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

/** The address of a REST service's document in its normal form; null for an MCP server. @throws DomainError `invalid_input` */
export const checkOpenapiUrl = (
  outbound: Pick<Outbound, 'assertUrl'>,
  { kind, openapiUrl }: { kind: 'mcp' | 'rest'; openapiUrl?: string | undefined },
): string | null => {
  if (kind === 'rest' && openapiUrl === undefined) {
    throw invalidAt('openapiUrl', 'A REST tool server needs the address of its OpenAPI document.');
  }
  if (kind === 'mcp' && openapiUrl !== undefined) {
    throw invalidAt('openapiUrl', 'An MCP tool server describes itself: leave openapiUrl out.');
  }
  return openapiUrl === undefined ? null : checkAddress(outbound, 'openapiUrl', openapiUrl);
};

/** Says what is wrong with one field. */
export const invalidAt = (path: string, message: string): DomainError =>
  new DomainError('invalid_input', message, { problems: [{ path, message }] });
