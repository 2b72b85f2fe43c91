import type { PersonRef } from '../api/types.js';
import { PersonLink } from './links.js';

/** Who did it; null means the system. */
export const ByPerson = ({ person }: { person: PersonRef | null }) =>
  person === null ? <>the system</> : <PersonLink person={person} />;
