// The company that the SCIM figures provision: as an IdP sends it, and as it is in our tables.
import { randomUUID } from 'node:crypto';

const ENTERPRISE = 'urn:ietf:params:scim:schemas:extension:enterprise:2.0:User';
const NOW = new Date().toISOString();

/** The User resource of person `index`. */
export const newUser = (index) => {
  const number = String(index).padStart(5, '0');
  const userName = `User.${number}@bench.example`;
  return {
    schemas: ['urn:ietf:params:scim:schemas:core:2.0:User', ENTERPRISE],
    userName,
    externalId: randomUUID(),
    displayName: `User Number ${number}`,
    name: { givenName: 'User', familyName: `Number ${number}` },
    emails: [{ value: userName, type: 'work', primary: true }],
    active: true,
    [ENTERPRISE]: { employeeNumber: number, department: `Department ${index % 40}` },
  };
};

/** The Group resource of group `index`. */
export const newGroup = (index) => ({
  schemas: ['urn:ietf:params:scim:schemas:core:2.0:Group'],
  displayName: `Bench Group ${String(index).padStart(4, '0')}`,
  externalId: randomUUID(),
});

/** The rows of a User: its person and its own. */
export const rowsOfUser = (user, id, connectionId) => {
  const { userName, externalId, active, ...attributes } = user;
  return {
    person: { id, email: userName, name: user.displayName, created_at: NOW },
    scim_user: {
      person_id: id,
      connection_id: connectionId,
      user_name: userName,
      user_name_folded: userName.toLowerCase(),
      external_id: externalId,
      employee_number: user[ENTERPRISE].employeeNumber,
      active,
      attributes,
      version: 1,
      created_at: NOW,
      updated_at: NOW,
    },
  };
};

/** The row of a Group. */
export const rowsOfGroup = (group, id, connectionId) => ({
  people_group: {
    id,
    display_name: group.displayName,
    display_name_folded: group.displayName.toLowerCase(),
    connection_id: connectionId,
    external_id: group.externalId,
    version: 1,
    created_at: NOW,
    updated_at: NOW,
  },
});

/** The row of a membership. */
export const rowsOfMember = ({ groupId, personId }) => ({
  group_member: { group_id: groupId, person_id: personId, added_at: NOW },
});
