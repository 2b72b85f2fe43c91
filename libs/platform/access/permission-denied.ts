import { DomainError, roleNames, ROLES, type Actor, type Role } from '#libs/platform/kernel';
import { isAllowed } from './ability.js';
import type { Permission } from './subjects.js';

const holderOf = (roles: readonly Role[]): Actor => ({
  kind: 'person',
  id: '',
  name: '',
  roles,
  teamIds: [],
});

// What everybody may do to their own needs no role, so no role would help.
const rolesAllowedTo = (permission: Permission): Role[] =>
  isAllowed(holderOf([]), permission)
    ? []
    : ROLES.filter((role) => isAllowed(holderOf([role]), permission));

/** The error for what one may not even read: it does not exist, as far as one can tell. */
export const notFound = (): DomainError =>
  new DomainError('not_found', 'Not found, or you do not have access to it.');

/** The error for an actor without this permission; it names the roles that include it. */
export const permissionDenied = (permission: Permission): DomainError => {
  const roles = roleNames(rolesAllowedTo(permission));
  const remedy = roles === '' ? '' : ` Ask a colleague with the role ${roles}.`;
  return new DomainError('forbidden', `You do not have permission to do this.${remedy}`);
};
