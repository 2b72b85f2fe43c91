import { Box, TextField } from '@mui/material';
import type { RiskTier } from '../api/types.js';
import { SelectInput, TextInput, useHelperText } from '../shared/form.js';
import { ReferenceSelect, PickOne } from '../shared/pick-one.js';
import { NAME_MAX, type AgentDraft, type SetDraft } from './agent-draft.js';

const TIERS: readonly { id: RiskTier; name: string }[] = [
  { id: 'low', name: 'Low: reads, or writes that are easy to undo' },
  { id: 'medium', name: 'Medium: writes that people would notice' },
  { id: 'high', name: 'High: money, deletion, or messages to customers' },
];

interface InputsProps {
  draft: AgentDraft;
  onChange: SetDraft;
}

const PAIR = { display: 'grid', gap: 1.5, gridTemplateColumns: { sm: '1fr 1fr' } } as const;

/** Who an agent is: everything that registering one asks for. */
export const AgentInputs = ({ draft, onChange }: InputsProps) => (
  <>
    <TextInput
      source="name"
      label="Name"
      value={draft.name}
      onChange={(name) => onChange({ name })}
      required
      maxLength={NAME_MAX}
      hint="As policies name it, for example coding-agent. A name is never used again."
    />
    <PurposeInput draft={draft} onChange={onChange} />
    <Box sx={PAIR}>
      <PickOne
        source="ownerId"
        label="Owner"
        resource="people"
        value={draft.ownerId}
        onChange={(ownerId) => onChange({ ownerId })}
        hint="The person who answers for it."
      />
      <ReferenceSelect
        source="teamId"
        label="Team"
        resource="teams"
        value={draft.teamId}
        onChange={(teamId) => onChange({ teamId })}
      />
    </Box>
    <TierAndTags draft={draft} onChange={onChange} />
    <Limits draft={draft} onChange={onChange} />
  </>
);

export const PurposeInput = ({ draft, onChange }: InputsProps) => (
  <TextInput
    source="purpose"
    label="Purpose"
    value={draft.purpose}
    onChange={(purpose) => onChange({ purpose })}
    required
    isLong
    maxLength={500}
    hint="What it does for whom, in a sentence."
  />
);

export const TierAndTags = ({ draft, onChange }: InputsProps) => (
  <>
    <SelectInput
      source="riskTier"
      label="Risk tier"
      value={draft.riskTier}
      choices={TIERS}
      onChange={(id) => onChange({ riskTier: id as RiskTier })}
    />
    <TextInput
      source="tags"
      label="Tags"
      value={draft.tags}
      onChange={(tags) => onChange({ tags })}
      hint="Optional, separated by spaces; policies can select agents by tag."
    />
  </>
);

/** When it is suspended by itself. */
export const Limits = ({ draft, onChange }: InputsProps) => (
  <Box sx={PAIR}>
    <TextField
      label="Expires after"
      name="expiresAt"
      type="date"
      value={draft.expires}
      onChange={({ target }) => onChange({ expires: target.value })}
      slotProps={{ inputLabel: { shrink: true } }}
      {...useHelperText('expiresAt', 'Optional: the last day on which it may call.')}
    />
    <TextInput
      source="inactiveAfterDays"
      label="Suspend when unused for days"
      value={draft.inactiveAfterDays}
      onChange={(inactiveAfterDays) => onChange({ inactiveAfterDays })}
      hint="Optional: so many days without a call."
    />
  </Box>
);
