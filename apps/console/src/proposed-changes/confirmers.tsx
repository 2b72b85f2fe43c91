import type { ProposedChange } from '../api/types.js';
import { ROLE_LABELS } from '../sign-in/who-can.js';
import { ByPerson } from '../shared/by-person.js';
import { Line } from '../shared/line.js';

const OR = new Intl.ListFormat('en', { type: 'disjunction' });

/** Who may confirm a change: everybody with a role, and people by name. */
export const Confirmers = ({ change: { confirmers } }: { change: ProposedChange }) => {
  const { roles, people } = confirmers;
  return (
    <>
      {roles.length > 0 && (
        <Line>anybody else with the role {OR.format(roles.map((role) => ROLE_LABELS[role]))}</Line>
      )}
      {people.map((person) => (
        <Line key={person.id}>
          <ByPerson person={person} />
        </Line>
      ))}
    </>
  );
};
