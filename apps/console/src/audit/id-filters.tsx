import { Button } from '@mui/material';
import { useState } from 'react';
import { useListContext } from 'react-admin';
import { TextFilter } from '../shared/filters.js';
import { isUuid } from '../shared/is-uuid.js';

// Some actors and subjects have words for ids, such as "all".
const IDS = [
  { source: 'actorId', label: 'Actor’s id', canBeWord: true },
  { source: 'subjectId', label: 'Subject’s id', canBeWord: true },
  { source: 'callId', label: 'Call’s id', canBeWord: false },
  { source: 'chain', label: 'Chain’s id', canBeWord: false },
] as const;

const WORD = /^[a-z][a-z-]*$/;

const idProblem = (text: string): string | null =>
  isUuid(text) ? null : 'Not an id: paste all 36 characters.';

const idOrWordProblem = (text: string): string | null => (WORD.test(text) ? null : idProblem(text));

/** Filters by id, for those who come with one. */
export const IdFilters = () => {
  const { filterValues } = useListContext();
  const isSet = IDS.some(({ source }) => source !== 'actorId' && source in filterValues);
  const [isWanted, setWanted] = useState(false);
  if (!isSet && !isWanted) {
    return (
      <Button variant="text" sx={{ mt: 0.5 }} onClick={() => setWanted(true)}>
        By id…
      </Button>
    );
  }
  return IDS.map(({ source, label, canBeWord }) => (
    <TextFilter
      key={source}
      source={source}
      label={label}
      width={190}
      problemOf={canBeWord ? idOrWordProblem : idProblem}
    />
  ));
};
