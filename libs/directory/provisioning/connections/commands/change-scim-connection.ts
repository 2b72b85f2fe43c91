import { raiseAlert } from '#libs/engine/alerts';
import {
  assertIssuerExists,
  assertNameIsFree,
  changeOfConnection,
} from '../connections.repository.js';
import { changeScimConnectionSchema } from '../connections.schemas.js';

/** Changes what a provisioning client is called, how it speaks, and whose people it provisions. */
export class ChangeScimConnection extends changeOfConnection({
  name: 'change-scim-connection',
  action: 'change',
  changesRights: false,
  emergency: { rejected: 'what a provisioning client did would stay' },
  input: changeScimConnectionSchema,
  secondPerson: {
    when: 'people that the connection provisions would belong to another issuer',
    async ask({ tx }, { issuerId }, { id, name, issuerId: before }) {
      if (issuerId === undefined || issuerId === before) return null;
      const people = await tx.scimUser.count({ where: { connectionId: id } });
      if (people === 0) return null;
      return {
        explanation: `${people} people come from ${name}: those who have not signed in yet would be linked to what another issuer says of them.`,
        roles: ['it', 'security'],
      };
    },
  },
  async run({ tx, now, actor }, { id, name, kind, issuerId }, connection) {
    if (name !== undefined) await assertNameIsFree(tx, name, id);
    if (issuerId !== undefined) await assertIssuerExists(tx, issuerId);
    const data = {
      ...(name === undefined ? {} : { name }),
      ...(kind === undefined ? {} : { kind }),
      ...(issuerId === undefined ? {} : { issuerId }),
    };
    await tx.scimConnection.update({ where: { id }, data, select: { id: true } });
    if (issuerId !== undefined && issuerId !== connection.issuerId)
      await raiseAlert(tx, now, {
        kind: 'issuer_changed',
        subject: { kind: 'scim_connection', id },
        message: `${actor.name} changed at which issuer the people of ${connection.name} sign in.`,
        by: actor,
      });
    return {
      output: { id },
      subject: { id, name: name ?? connection.name },
      facts: { changed: Object.keys(data), ...(issuerId === undefined ? {} : { issuerId }) },
      changes: { before: connection.name, after: name ?? connection.name },
    };
  },
}) {}
