import type { DomainError } from '#libs/platform/kernel';

/** How a protocol puts an error: status, fields, and a body in the protocol's own form. */
export interface ProtocolAnswer {
  status: number;
  headers: Readonly<Record<string, string>>;
  body: string;
}

/**
 * Addresses where another standard than our own REST API is spoken: which bodies it takes and how it puts
 * an error. Everywhere else it is JSON and RFC 9457.
 */
export interface Protocol {
  /** Whole segments, for example `/scim/v2`. */
  prefix: string;
  /** `json`: parsed; `form`: one value a name; `text`: the body as a string. */
  body: 'json' | 'form' | 'text';
  /** What Content-Type may be. */
  mediaTypes: readonly string[];
  /**
   * How large the body of such a request may be, in bytes, where that is more than everywhere: such a body is
   * read only after its sender was admitted.
   */
  largeBody?(method: string, path: string): number | undefined;
  /** An address with a slash at its end is answered with the one without (308). */
  redirectsTrailingSlash?: true;
  /** `thrown` is what the route threw, `error` the same as one of our closed list. */
  answer(thrown: unknown, error: DomainError): ProtocolAnswer;
}

/** The protocol that is spoken at this path, if it is one of these. */
export const protocolAt = (protocols: readonly Protocol[], path: string): Protocol | undefined => {
  const wanted = path.toLowerCase();
  return protocols.find(({ prefix }) => wanted === prefix || wanted.startsWith(`${prefix}/`));
};
