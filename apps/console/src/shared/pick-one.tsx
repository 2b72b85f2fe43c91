import { Autocomplete, TextField } from '@mui/material';
import { useGetList, useGetOne } from 'react-admin';
import { useState } from 'react';
import { SelectInput, useHelperText } from './form.js';
import { visibleText } from './format.js';

interface Choice {
  id: string;
  name: string;
  email?: string;
  /** Tools are named by their server too. */
  server?: { slug: string };
}

interface PickProps {
  source: string;
  label: string;
  resource: string;
  value: string;
  onChange: (id: string) => void;
  hint?: string;
}

const CHOICES_AT_ONCE = 25;
const ALL_OF_FEW = 100;

const labelOf = ({ name, email, server }: Choice): string => {
  if (server !== undefined) return visibleText(`${server.slug}/${name}`);
  return email === undefined ? name : `${name} (${email})`;
};

/** One that the address or the record named before the reader chose. */
const useNamed = (resource: string, id: string, chosen: Choice | null): Choice | null => {
  const { data } = useGetOne<Choice>(
    resource,
    { id },
    { enabled: id !== '' && chosen?.id !== id, onError: () => undefined },
  );
  if (id === '') return null;
  return chosen?.id === id ? chosen : (data ?? null);
};

/** Picks one of many by typing part of its name. */
export const PickOne = ({ source, label, resource, value, onChange, hint }: PickProps) => {
  const [picked, setPicked] = useState<Choice | null>(null);
  const chosen = useNamed(resource, value, picked);
  const [typed, setTyped] = useState('');
  const isChoosing = chosen === null || typed !== labelOf(chosen);
  const { data = [], isFetching } = useGetList<Choice>(resource, {
    pagination: { page: 1, perPage: CHOICES_AT_ONCE },
    filter: isChoosing && typed !== '' ? { q: typed } : {},
  });
  const words = useHelperText(source, hint);
  return (
    <Autocomplete<Choice>
      options={data}
      value={chosen}
      loading={isFetching}
      getOptionLabel={labelOf}
      getOptionKey={({ id }) => id}
      isOptionEqualToValue={(one, other) => one.id === other.id}
      filterOptions={(options) => options}
      onChange={(_, next) => {
        setPicked(next);
        onChange(next?.id ?? '');
      }}
      onInputChange={(_, text) => setTyped(text)}
      size="small"
      renderInput={(parameters) => (
        <TextField {...parameters} {...words} label={label} name={source} required />
      )}
    />
  );
};

/** Picks one of few, such as teams, from a plain list. */
export const ReferenceSelect = ({ source, label, resource, value, onChange, hint }: PickProps) => {
  const { data = [] } = useGetList<Choice>(resource, {
    pagination: { page: 1, perPage: ALL_OF_FEW },
  });
  return (
    <SelectInput
      source={source}
      label={label}
      value={data.some(({ id }) => id === value) ? value : ''}
      onChange={onChange}
      choices={data}
      {...(hint === undefined ? {} : { hint })}
    />
  );
};
