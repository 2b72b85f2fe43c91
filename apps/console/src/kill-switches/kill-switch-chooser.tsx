import { Box, Button } from '@mui/material';
import { useState } from 'react';
import { useGetOne } from 'react-admin';
import type { Tool, ToolServer } from '../api/types.js';
import { useCan } from '../sign-in/session-store.js';
import { SelectInput } from '../shared/form.js';
import { PickOne } from '../shared/pick-one.js';
import { ForbiddenHint } from '../shared/states.js';
import { KillSwitchDialog, type KillSwitchTarget } from './kill-switch-dialog.js';

const SIZES = [
  { id: 'tool', name: 'One tool' },
  { id: 'server', name: 'One tool server, with all its tools' },
] as const;

type Size = (typeof SIZES)[number]['id'];

/** The kill switch button in its larger sizes. */
export const KillSwitchActions = () => {
  const can = useCan();
  const [asking, setAsking] = useState<'one' | 'everything' | null>(null);
  const close = (): void => setAsking(null);
  if (!can('activate', 'KillSwitch')) {
    return (
      <ForbiddenHint
        action="activate"
        subject="KillSwitch"
        what="stop tools, tool servers or everything"
      />
    );
  }
  return (
    <>
      <Button color="error" onClick={() => setAsking('one')}>
        Stop a tool or tool server…
      </Button>
      <Button variant="contained" color="error" onClick={() => setAsking('everything')}>
        Stop everything…
      </Button>
      {asking === 'everything' && (
        <KillSwitchDialog target={{ scope: 'everything' }} onClose={close} />
      )}
      {asking === 'one' && <ChooseDialog onClose={close} />}
    </>
  );
};

const ChooseDialog = ({ onClose }: { onClose: () => void }) => {
  const [size, setSize] = useState<Size>('tool');
  const [id, setId] = useState('');
  const target = useTarget(size, id);
  return (
    <KillSwitchDialog title="Stop a tool or tool server?" target={target} onClose={onClose}>
      <Box sx={{ display: 'grid', gap: 1.5, mt: 1.5 }}>
        <SelectInput
          source="scope"
          label="How much"
          value={size}
          choices={SIZES}
          onChange={(next) => {
            setSize(next as Size);
            setId('');
          }}
        />
        <PickOne
          key={size}
          source="targetId"
          label={size === 'tool' ? 'Tool' : 'Tool server'}
          resource={size === 'tool' ? 'tools' : 'tool-servers'}
          value={id}
          onChange={setId}
        />
      </Box>
    </KillSwitchDialog>
  );
};

const useTarget = (size: Size, id: string): KillSwitchTarget | null => {
  const { data: tool } = useGetOne<Tool>(
    'tools',
    { id },
    { enabled: size === 'tool' && id !== '' },
  );
  const { data: server } = useGetOne<ToolServer>(
    'tool-servers',
    { id },
    { enabled: size === 'server' && id !== '' },
  );
  if (id === '') return null;
  const name = size === 'tool' ? tool && `${tool.server.slug}/${tool.name}` : server && server.slug;
  return { scope: size, id, name: name ?? '' };
};
