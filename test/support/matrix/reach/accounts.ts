import { readRoleSources } from '#libs/engine/actors';
import type { AnyCommand } from '#libs/engine/commands';
import { systemActor, type Actor, type Role } from '#libs/platform/kernel';
import { ATTACKER, SIGN_IN_ISSUER } from '../attackers.js';
import type { HeldTransaction } from '../held-transaction.js';
import type { State } from './state.js';
import { isTheirs } from './their-issuers.js';

/** Who attacks, and what they had from the start. */
export interface Attackers {
  /** The first is the one who begins. */
  people: string[];
  /** A SCIM token that was stolen. */
  client?: Extract<Actor, { kind: 'scim' }>;
}

/** Signs in as everybody who is not linked yet and whose link claim they can show; whether there was anybody. */
export const linkWhomTheyCan = async (
  held: HeldTransaction,
  make: (name: string) => AnyCommand,
  state: State,
) => {
  let done = false;
  for (const issuer of state.issuers) {
    const { attribute, claim } = issuer;
    if (issuer.retired || !issuer.signIn || claim === null || attribute === null) continue;
    for (const user of state.users.filter((one) => one.issuer === issuer.id)) {
      const value = attribute === 'external_id' ? user.external_id : user.employee_number;
      const shown = (ATTACKER.claims as Record<string, string>)[claim];
      const canShow = isTheirs(issuer) || claim === ATTACKER.ownClaim || value === shown;
      if (value === null || !canShow) continue;
      const subject = isTheirs(issuer) ? `made-up-${user.person}` : ATTACKER.subjects[0];
      const input = { issuerId: issuer.id, issuer: issuer.url, subject, attribute, value };
      try {
        await make('link-identity').execute(systemActor('sign-in'), input);
        done = true;
      } catch {
        // Nobody is linked.
      }
    }
  }
  return done;
};

/** Every active person whose account they can use. */
export const accountsOf = (state: State, { people }: Attackers): string[] => {
  const active = new Set(state.people.filter(({ disabled }) => !disabled).map(({ id }) => id));
  const opened = state.identities
    .filter(({ issuer: url, subject }) => {
      const issuer = state.issuers.find((one) => one.url === url);
      if (url === SIGN_IN_ISSUER || (issuer?.signIn === true && !issuer.retired))
        return (
          (ATTACKER.subjects as readonly string[]).includes(subject) ||
          (issuer !== undefined && isTheirs(issuer))
        );
      return false;
    })
    .map(({ person }) => person);
  return [...new Set([...people, ...opened])].filter((id) => active.has(id));
};

/** Them with their roles, which are facts. */
export const peopleOf = async (
  { tx, now }: HeldTransaction,
  accounts: readonly string[],
  facts: Set<string>,
  label: (id: string, kind: string) => string,
): Promise<Actor[]> => {
  const sources = await readRoleSources(tx, accounts, { now, coolingOffHours: 24 });
  const teams = await tx.personTeam.findMany({ where: { personId: { in: [...accounts] } } });
  return accounts.map((id) => {
    const own = sources.filter(({ personId }) => personId === id);
    const roles = [...new Set(own.map(({ role }) => role))];
    const settled = new Set(own.filter((one) => !one.isCoolingOff).map(({ role }) => role));
    for (const role of roles)
      facts.add(`${settled.has(role) ? 'settled ' : ''}${role} as ${label(id, 'person')}`);
    const coolingOffRoles: Role[] = roles.filter((role) => !settled.has(role));
    const teamIds = teams.filter(({ personId }) => personId === id).map(({ teamId }) => teamId);
    return { kind: 'person', id, name: label(id, 'person'), roles, coolingOffRoles, teamIds };
  });
};

/** Tokens that an account of theirs made in this sequence. */
export const tokensOf = (
  state: State,
  attackers: Attackers,
  accounts: readonly string[],
  labels: ReadonlyMap<string, string>,
) =>
  state.tokens.filter(
    ({ id, by, active }) =>
      active &&
      by !== null &&
      accounts.includes(by) &&
      !labels.has(id) &&
      id !== attackers.client?.tokenId,
  );
