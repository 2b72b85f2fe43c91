import { DomainError, roleNames, ROLES, type Actor, type Role } from '#libs/platform/kernel';
import { can, isAllowed } from './ability.js';
import type { Permission, SubjectName, Subjects } from './subjects.js';

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

// Of this very one: what security stopped, IT does not release, and the other way round.
const rolesAllowedOn = ({ action, subject }: Permission, instance: Subjects[SubjectName]): Role[] =>
  ROLES.filter((role) => can(holderOf([role]), action, subject, instance as never));

/**
 * The error for an actor without this permission; it names the roles that include it, on this very instance
 * where one is given and any does.
 */
export const permissionDenied = (
  permission: Permission,
  instance?: Subjects[SubjectName],
): DomainError => {
  const allowed = rolesAllowedTo(permission);
  const here =
    instance === undefined || allowed.length === 0 ? [] : rolesAllowedOn(permission, instance);
  const roles = roleNames(here.length > 0 ? here : allowed);
  const remedy = roles === '' ? '' : ` Ask a colleague with the role ${roles}.`;
  return new DomainError('forbidden', `You do not have permission to do this.${remedy}`);
};
