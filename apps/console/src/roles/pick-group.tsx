import { Autocomplete, TextField } from '@mui/material';
import { useGetList } from 'react-admin';
import { useState } from 'react';
import type { Group } from '../api/types.js';
import { useHelperText } from '../shared/form.js';
import { formatCount } from '../shared/format.js';

const AT_ONCE = 25;

/** Picks a group by part of its name; how many are in it is part of the choice. */
export const PickGroup = ({
  value,
  onChange,
}: {
  value: string;
  onChange: (id: string) => void;
}) => {
  const [chosen, setChosen] = useState<Group | null>(null);
  const [typed, setTyped] = useState('');
  const isChoosing = chosen === null || typed !== labelOf(chosen);
  const { data = [], isFetching } = useGetList<Group>('groups', {
    pagination: { page: 1, perPage: AT_ONCE },
    filter: isChoosing && typed !== '' ? { q: typed } : {},
  });
  const words = useHelperText('groupId');
  return (
    <Autocomplete<Group>
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
        <TextField {...parameters} {...words} label="Group" name="groupId" required />
      )}
    />
  );
};

const labelOf = ({ displayName, memberCount }: Group): string =>
  `${displayName} (${formatCount(memberCount, 'member')})`;
