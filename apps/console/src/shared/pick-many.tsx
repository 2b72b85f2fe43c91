import { Autocomplete, TextField } from '@mui/material';
import { useGetList } from 'react-admin';
import type { Ref } from '../api/types.js';
import { useHelperText } from './form.js';

const ALL_OF_FEW = 100;

/** Picks any number of few, such as teams. */
export const FewMany = ({
  source,
  label,
  resource,
  value,
  onChange,
  hint,
}: {
  source: string;
  label: string;
  resource: string;
  value: readonly string[];
  onChange: (ids: string[]) => void;
  hint?: string;
}) => {
  const { data = [] } = useGetList<Ref>(resource, {
    pagination: { page: 1, perPage: ALL_OF_FEW },
  });
  const words = useHelperText(source, hint);
  return (
    <Autocomplete<Ref, true>
      multiple
      options={data}
      value={data.filter(({ id }) => value.includes(id))}
      getOptionLabel={({ name }) => name}
      getOptionKey={({ id }) => id}
      isOptionEqualToValue={(one, other) => one.id === other.id}
      onChange={(_, next) => onChange(next.map(({ id }) => id))}
      size="small"
      renderInput={(parameters) => (
        <TextField {...parameters} {...words} label={label} name={source} />
      )}
    />
  );
};
