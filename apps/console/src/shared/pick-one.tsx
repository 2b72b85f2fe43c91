import { Autocomplete, TextField } from '@mui/material';
import { useGetList } from 'react-admin';
import { useState } from 'react';
import { SelectInput, useInputWords } from './form.js';

interface Choice {
  id: string;
  name: string;
  email?: string;
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

const labelOf = ({ name, email }: Choice): string =>
  email === undefined ? name : `${name} (${email})`;

/** Picks one of many by typing part of its name. */
export const PickOne = ({ source, label, resource, value, onChange, hint }: PickProps) => {
  const [chosen, setChosen] = useState<Choice | null>(null);
  const [typed, setTyped] = useState('');
  const isChoosing = chosen === null || typed !== labelOf(chosen);
  const { data = [], isFetching } = useGetList<Choice>(resource, {
    pagination: { page: 1, perPage: CHOICES_AT_ONCE },
    filter: isChoosing && typed !== '' ? { q: typed } : {},
  });
  const words = useInputWords(source, hint);
  return (
    <Autocomplete<Choice>
      options={data}
      value={value === '' ? null : chosen}
      loading={isFetching}
      getOptionLabel={labelOf}
      getOptionKey={({ id }) => id}
      isOptionEqualToValue={(one, other) => one.id === other.id}
      filterOptions={(options) => options}
      onChange={(_, next) => {
        setChosen(next);
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
export const FewSelect = ({ source, label, resource, value, onChange, hint }: PickProps) => {
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
