import { attribute, complex, plural, type ResourceType, type Schema } from './attribute.js';

/** The URN of the core User schema. */
export const USER_URN = 'urn:ietf:params:scim:schemas:core:2.0:User';
/** The URN of the enterprise extension of User. */
export const ENTERPRISE_URN = 'urn:ietf:params:scim:schemas:extension:enterprise:2.0:User';

const NAME_PARTS = [
  attribute('formatted', 'The whole name, as it is shown.'),
  attribute('familyName', 'The family name.'),
  attribute('givenName', 'The given name.'),
  attribute('middleName', 'The middle names.'),
  attribute('honorificPrefix', 'A title before the name.'),
  attribute('honorificSuffix', 'A suffix after the name.'),
];

const ADDRESS_PARTS = [
  attribute('formatted', 'The whole address, as it is shown.'),
  attribute('streetAddress', 'The street and number.'),
  attribute('locality', 'The town.'),
  attribute('region', 'The region.'),
  attribute('postalCode', 'The postal code.'),
  attribute('country', 'The country, ISO 3166-1 alpha 2.'),
  attribute('type', 'What it is for.', { canonicalValues: ['work', 'home', 'other'] }),
  attribute('primary', 'Whether it is the preferred one; one at most.', { type: 'boolean' }),
];

// RFC 7643 §4.1 without what we would not act on and must not keep: password, roles, entitlements,
// x509Certificates. A role comes from an approved group mapping or from a person, never from a token.
const core: Schema = {
  id: USER_URN,
  name: 'User',
  description: 'User Account',
  attributes: [
    attribute('userName', 'What the person is known by at sign-in; unique in any case.', {
      required: true,
      uniqueness: 'server',
    }),
    complex('name', 'The parts of the name.', NAME_PARTS),
    attribute('displayName', 'The name that is shown.'),
    attribute('nickName', 'A casual name.'),
    attribute('profileUrl', 'A page about the person.', {
      type: 'reference',
      referenceTypes: ['external'],
      caseExact: true,
    }),
    attribute('title', 'The job title.'),
    attribute('userType', 'How the person belongs to the company.'),
    attribute('preferredLanguage', 'The preferred language, RFC 7231.'),
    attribute('locale', 'The locale for numbers and dates.'),
    attribute('timezone', 'The time zone, IANA.'),
    attribute('active', 'False revokes every right at once.', { type: 'boolean' }),
    plural('emails', 'E-mail addresses.', ['work', 'home', 'other']),
    plural('phoneNumbers', 'Telephone numbers.', ['work', 'home', 'mobile', 'fax', 'pager']),
    plural('ims', 'Instant messaging addresses.', []),
    plural('photos', 'Pictures.', ['photo', 'thumbnail'], {
      type: 'reference',
      referenceTypes: ['external'],
      caseExact: true,
    }),
    complex('addresses', 'Postal addresses.', ADDRESS_PARTS, { multiValued: true }),
    complex(
      'groups',
      'The groups that have this person as a member; changed at the groups.',
      [
        attribute('value', 'The id of the group.', { mutability: 'readOnly', caseExact: true }),
        attribute('$ref', 'The address of the group.', {
          type: 'reference',
          referenceTypes: ['Group'],
          mutability: 'readOnly',
        }),
        attribute('display', 'The name of the group.', { mutability: 'readOnly' }),
        attribute('type', 'Always direct.', {
          mutability: 'readOnly',
          canonicalValues: ['direct'],
        }),
      ],
      { multiValued: true, mutability: 'readOnly' },
    ),
  ],
};

const enterprise: Schema = {
  id: ENTERPRISE_URN,
  name: 'EnterpriseUser',
  description: 'Enterprise User',
  attributes: [
    attribute('employeeNumber', 'The number of the employee.', { caseExact: true }),
    attribute('costCenter', 'The cost center.'),
    attribute('organization', 'The organisation.'),
    attribute('division', 'The division.'),
    attribute('department', 'The department.'),
    complex('manager', 'Who leads the person.', [
      attribute('value', 'The id of the manager.', { caseExact: true }),
      attribute('$ref', 'The address of the manager.', {
        type: 'reference',
        referenceTypes: ['User'],
      }),
      attribute('displayName', 'The name of the manager.', { mutability: 'readOnly' }),
    ]),
  ],
};

/** People at /Users. */
export const USER: ResourceType = {
  name: 'User',
  endpoint: '/Users',
  description: 'People.',
  schema: core,
  extensions: [enterprise],
};
