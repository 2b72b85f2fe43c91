import type { ConfigureSignIn } from '../api/types.js';

type LinkAttribute = NonNullable<ConfigureSignIn['linkAttribute']>;

/** A SCIM attribute as SCIM itself spells it. */
export const ATTRIBUTE_LABELS: Readonly<Record<LinkAttribute, string>> = {
  external_id: 'externalId',
  employee_number: 'employeeNumber',
};

export const LINK_ATTRIBUTES = [
  { id: 'external_id', name: 'externalId' },
  { id: 'employee_number', name: 'employeeNumber (enterprise extension)' },
] as const;

export const isLinkAttribute = (id: string): id is LinkAttribute =>
  Object.hasOwn(ATTRIBUTE_LABELS, id);
