import { attribute, complex, type ResourceType } from './attribute.js';

/** The URN of the Group schema. */
export const GROUP_URN = 'urn:ietf:params:scim:schemas:core:2.0:Group';

/** Groups at /Groups; their members are people, never groups. */
export const GROUP: ResourceType = {
  name: 'Group',
  endpoint: '/Groups',
  description: 'Groups of people.',
  extensions: [],
  schema: {
    id: GROUP_URN,
    name: 'Group',
    description: 'A group of people.',
    attributes: [
      attribute('displayName', 'The name of the group; unique in any case.', {
        required: true,
        uniqueness: 'server',
      }),
      complex(
        'members',
        'The people in it.',
        [
          attribute('value', 'The id of the person.', { mutability: 'immutable', caseExact: true }),
          attribute('$ref', 'The address of the person.', {
            type: 'reference',
            referenceTypes: ['User'],
            mutability: 'immutable',
          }),
          attribute('display', 'The name of the person.', { mutability: 'readOnly' }),
          attribute('type', 'Always User: groups in groups are rejected.', {
            mutability: 'immutable',
            canonicalValues: ['User'],
          }),
        ],
        { multiValued: true },
      ),
    ],
  },
};
