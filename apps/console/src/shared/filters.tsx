import { Autocomplete, Box, Button, MenuItem, TextField } from '@mui/material';
import { useGetList, useGetOne, useListContext } from 'react-admin';
import { useEffect, useState, type ReactNode } from 'react';

const TYPING_MS = 300;

/** Reads and sets one filter of the list around it; the list keeps them in the address. */
function useFilter(source: string): [string, (value: string) => void] {
  const { filterValues, setFilters } = useListContext();
  const value: unknown = filterValues[source];
  return [
    typeof value === 'string' ? value : '',
    (next) => {
      const { [source]: _, ...others } = filterValues as Record<string, unknown>;
      setFilters(next === '' ? others : { ...others, [source]: next }, undefined, false);
    },
  ];
}

/** The row of filters above a list. */
export const FilterBar = ({ children }: { children: ReactNode }) => {
  const { filterValues, setFilters } = useListContext();
  const isFiltered = Object.keys(filterValues as object).length > 0;
  return (
    <Box
      component="search"
      sx={{ display: 'flex', flexWrap: 'wrap', gap: 1, alignItems: 'flex-start' }}
    >
      {children}
      {isFiltered && (
        <Button variant="text" sx={{ mt: 0.5 }} onClick={() => setFilters({}, undefined, false)}>
          Clear filters
        </Button>
      )}
    </Box>
  );
};

const anything = (): null => null;

export const TextFilter = ({
  source,
  label,
  width = 180,
  problemOf = anything,
}: {
  source: string;
  label: string;
  width?: number;
  /** What is wrong with a value; the list is not asked for one that is. */
  problemOf?: (text: string) => string | null;
}) => {
  const [value, setValue] = useFilter(source);
  const [typed, setTyped] = useState(value);
  const [seen, setSeen] = useState(value);
  // The address changed under the input: a link, the back button, "clear filters".
  if (seen !== value) {
    setSeen(value);
    setTyped(value);
  }
  const problem = typed.trim() === '' ? null : problemOf(typed.trim());
  useEffect(() => {
    if (typed === value || problem !== null) return undefined;
    const timer = setTimeout(() => setValue(typed.trim()), TYPING_MS);
    return () => clearTimeout(timer);
  });
  return (
    <TextField
      label={label}
      value={typed}
      onChange={({ target }) => setTyped(target.value)}
      error={problem !== null}
      helperText={problem}
      sx={{ width }}
    />
  );
};

export interface Choice {
  readonly id: string;
  readonly name: string;
}

export const SelectFilter = ({
  source,
  label,
  choices,
  width = 150,
  unset = 'Any',
}: {
  source: string;
  label: string;
  choices: readonly Choice[];
  width?: number;
  /** What it means that nothing is chosen. */
  unset?: string;
}) => {
  const [value, setValue] = useFilter(source);
  return (
    <TextField
      select
      label={label}
      value={choices.some(({ id }) => id === value) ? value : ''}
      onChange={({ target }) => setValue(target.value)}
      sx={{ width }}
      // What is shown without a choice is not always everything; then it says so.
      {...(unset === 'Any'
        ? {}
        : { slotProps: { select: { displayEmpty: true }, inputLabel: { shrink: true } } })}
    >
      <MenuItem value="">{unset}</MenuItem>
      {choices.map(({ id, name }) => (
        <MenuItem key={id} value={id}>
          {name}
        </MenuItem>
      ))}
    </TextField>
  );
};

const CHOICES_AT_ONCE = 25;

/** What can be picked: most things have a name, a group has the one that it is shown by. */
interface Named {
  readonly id: string;
  readonly name?: string;
  readonly displayName?: string;
}

const toChoice = ({ id, name, displayName }: Named): Choice => ({
  id,
  name: name ?? displayName ?? id,
});

/** Picks one of another resource by typing part of its name. */
export const ReferenceFilter = ({
  source,
  label,
  resource,
  width = 200,
  isOfOther = false,
}: {
  source: string;
  label: string;
  resource: string;
  width?: number;
  /** Another picker sets the same filter too, and what is set is its own. */
  isOfOther?: boolean;
}) => {
  const [set, setValue] = useFilter(source);
  const value = isOfOther ? '' : set;
  const [typed, setTyped] = useState('');
  const named = useChosen(resource, value);
  // Something that is not found is still a filter: show what the address says.
  const chosen = named ?? (value === '' ? null : { id: value, name: value });
  const { data: found = [] } = useGetList<Named>(resource, {
    pagination: { page: 1, perPage: CHOICES_AT_ONCE },
    filter: typed === '' || typed === chosen?.name ? {} : { q: typed },
  });
  return (
    <Autocomplete<Choice>
      options={found.map(toChoice)}
      value={chosen}
      getOptionLabel={({ name }) => name}
      getOptionKey={({ id }) => id}
      isOptionEqualToValue={(one, other) => one.id === other.id}
      filterOptions={(options) => options}
      onChange={(_, next) => setValue(next?.id ?? '')}
      onInputChange={(_, text) => setTyped(text)}
      size="small"
      sx={{ width }}
      renderInput={(parameters) => <TextField {...parameters} label={label} />}
    />
  );
};

/** The one that the address names, with the name that people know it by. */
function useChosen(resource: string, id: string): Choice | null {
  const { data: one } = useGetOne<Named>(
    resource,
    { id },
    { enabled: id !== '', onError: () => undefined },
  );
  return id === '' || one === undefined ? null : toChoice(one);
}

// A page of 100 is the most that the API gives; teams and issuers are far fewer.
const ALL_OF_FEW = 100;

/** Picks one of few, such as teams. */
export const FewFilter = ({
  source,
  label,
  resource,
}: {
  source: string;
  label: string;
  resource: string;
}) => {
  const { data = [] } = useGetList<Choice>(resource, {
    pagination: { page: 1, perPage: ALL_OF_FEW },
  });
  return <SelectFilter source={source} label={label} choices={data} />;
};
