import { Box, Button } from '@mui/material';
import { useQueryClient } from '@tanstack/react-query';
import { useState } from 'react';
import { useNotify } from 'react-admin';
import type { Classification, ToolDetail } from '../../api/types.js';
import { useCan } from '../../sign-in/session-store.js';
import { badgeLabel } from '../../shared/badges.js';
import { SelectInput } from '../../shared/form.js';
import { ReasonDialog } from '../../shared/reason-dialog.js';
import { ForbiddenHint } from '../../shared/states.js';
import { useApi } from '../../shared/use-api.js';
import { visibleText } from '../../shared/format.js';

const EFFECTS: Readonly<Record<Classification, string>> = {
  read: 'it only reads',
  write: 'it changes things',
  destructive: 'it can destroy things',
};

const CHOICES = (['read', 'write', 'destructive'] as const).map((id) => ({
  id,
  name: `${badgeLabel(`class:${id}`)}: ${EFFECTS[id]}`,
}));

/** Lets those who may say what the tool's effect is. */
export const ClassifyTool = ({ tool }: { tool: ToolDetail }) => {
  const can = useCan();
  const [isAsking, setAsking] = useState(false);
  if (!can('classify', 'Tool')) {
    return <ForbiddenHint action="classify" subject="Tool" what="classify it" />;
  }
  return (
    <>
      <Button onClick={() => setAsking(true)}>Classify…</Button>
      {isAsking && <ClassifyDialog tool={tool} onClose={() => setAsking(false)} />}
    </>
  );
};

const ClassifyDialog = ({ tool, onClose }: { tool: ToolDetail; onClose: () => void }) => {
  const { classifyTool } = useApi();
  const notify = useNotify();
  const queryClient = useQueryClient();
  const [classification, setClassification] = useState<Classification | ''>('');
  const name = `${tool.server.slug}/${visibleText(tool.name)}`;
  const done = ({ classification: decided }: ToolDetail): void => {
    notify(`${name} is classified: ${EFFECTS[decided]}.`, { type: 'success' });
    void queryClient.invalidateQueries();
    onClose();
  };
  return (
    <ReasonDialog
      title={`Classify ${name}?`}
      verb="Classify the tool"
      verbing="Classifying"
      warning="Rules by classification apply at once, on every replica: agents whose rules allow tools of this class may call it with their next call, and rules that deny the class deny it. Where an agent could call more by it than now, the owner of the tool server or somebody else from security must confirm it first."
      isIncomplete={classification === ''}
      act={(reason) => {
        if (classification === '') throw new Error('Choose what its effect is.');
        return classifyTool(tool.id, { classification, reason });
      }}
      onDone={done}
      onClose={onClose}
    >
      Say what it does when it is called, not what its tool server claims of it.
      <Box sx={{ display: 'grid', mt: 1.5 }}>
        <SelectInput
          source="classification"
          label="Effect"
          value={classification}
          choices={CHOICES}
          onChange={(id) => setClassification(id as Classification)}
        />
      </Box>
    </ReasonDialog>
  );
};
