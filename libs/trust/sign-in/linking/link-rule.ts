/** Where SCIM keeps what the IdP calls somebody; in the words of the database. */
export const LINK_ATTRIBUTES = ['external_id', 'employee_number'] as const;

/** One immutable claim of the issuer and the SCIM attribute that carries the same value (invariant I7). */
export interface LinkRule {
  readonly claim: string;
  readonly attribute: (typeof LINK_ATTRIBUTES)[number];
}
