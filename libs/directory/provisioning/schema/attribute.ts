/** The data types of RFC 7643 §2.3. */
export type AttributeType =
  'string' | 'boolean' | 'decimal' | 'integer' | 'dateTime' | 'reference' | 'complex';

/** One attribute as RFC 7643 §7 describes it; `/Schemas` shows exactly this. */
export interface Attribute {
  readonly name: string;
  readonly type: AttributeType;
  readonly multiValued: boolean;
  readonly description: string;
  readonly required: boolean;
  readonly caseExact: boolean;
  readonly mutability: 'readOnly' | 'readWrite' | 'immutable';
  readonly returned: 'always' | 'default' | 'request';
  readonly uniqueness: 'none' | 'server';
  readonly canonicalValues?: readonly string[];
  readonly referenceTypes?: readonly string[];
  readonly subAttributes?: readonly Attribute[];
}

/** A schema: a URN and the attributes under it. */
export interface Schema {
  readonly id: string;
  readonly name: string;
  readonly description: string;
  readonly attributes: readonly Attribute[];
}

/** What kind of resource an endpoint has: its schema, and those that extend it. */
export interface ResourceType {
  readonly name: string;
  readonly endpoint: string;
  readonly description: string;
  readonly schema: Schema;
  readonly extensions: readonly Schema[];
  /** The mapping of a draft that may change with it. */
  readonly experimental?: true;
}

const DEFAULTS = {
  type: 'string',
  multiValued: false,
  required: false,
  caseExact: false,
  mutability: 'readWrite',
  returned: 'default',
  uniqueness: 'none',
} as const;

/** An attribute; a plain string unless said otherwise. */
export const attribute = (
  name: string,
  description: string,
  over: Partial<Omit<Attribute, 'name' | 'description'>> = {},
): Attribute => ({ ...DEFAULTS, name, description, ...over });

/** A complex attribute of these parts. */
export const complex = (
  name: string,
  description: string,
  subAttributes: readonly Attribute[],
  over: Partial<Omit<Attribute, 'name' | 'description'>> = {},
): Attribute => attribute(name, description, { type: 'complex', subAttributes, ...over });

/** A list of values with `value`, `display`, `type` and `primary` (RFC 7643 §2.4). */
export const plural = (
  name: string,
  description: string,
  types: readonly string[],
  over: Partial<Attribute> = {},
): Attribute =>
  complex(
    name,
    description,
    [
      attribute('value', 'The value itself.', over),
      attribute('display', 'A name for people.'),
      attribute('type', 'What it is for.', { canonicalValues: types }),
      attribute('primary', 'Whether it is the preferred one; one at most.', { type: 'boolean' }),
    ],
    { multiValued: true },
  );

/** The attributes that every resource has (RFC 7643 §3.1), besides its schemas' own. */
export const COMMON: readonly Attribute[] = [
  attribute('schemas', 'The URNs of the schemas in use.', {
    type: 'reference',
    multiValued: true,
    returned: 'always',
    caseExact: true,
  }),
  attribute('id', 'Our identifier of the resource.', {
    mutability: 'readOnly',
    returned: 'always',
    caseExact: true,
    uniqueness: 'server',
  }),
  attribute('externalId', "The provisioning client's identifier; never one of ours.", {
    caseExact: true,
  }),
  complex(
    'meta',
    'What we know of the resource itself.',
    [
      attribute('resourceType', 'Its kind.', { mutability: 'readOnly', caseExact: true }),
      attribute('created', 'When it was made.', { type: 'dateTime', mutability: 'readOnly' }),
      attribute('lastModified', 'When it last changed.', {
        type: 'dateTime',
        mutability: 'readOnly',
      }),
      attribute('location', 'Its address.', { type: 'reference', mutability: 'readOnly' }),
      attribute('version', 'Its ETag.', { mutability: 'readOnly', caseExact: true }),
    ],
    { mutability: 'readOnly' },
  ),
];

/** Finds an attribute by its name, in any case (RFC 7643 §2.1). */
export const findAttribute = (
  attributes: readonly Attribute[],
  name: string,
): Attribute | undefined => {
  const wanted = name.toLowerCase();
  return attributes.find((candidate) => candidate.name.toLowerCase() === wanted);
};
