import type { PersonRef } from '../api/types.js';
import { PersonLink } from './links.js';

/** Who did it; nobody means that it came with the installation. */
export const By = ({ person }: { person: PersonRef | null }) =>
  person === null ? <>the installation</> : <PersonLink person={person} />;
