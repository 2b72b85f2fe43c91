import { useState } from 'react';
import type { RegisterAgent, RiskTier } from '../api/types.js';
import { PickOne, FewSelect } from '../shared/pick-one.js';
import { FormFrame, SelectInput, TextInput } from '../shared/form.js';
import { SLUG, slugProblem } from '../shared/slug.js';

const NAME_MAX = 64;
const TAG_MAX = 32;
const TAGS_MAX = 20;

const TIERS: readonly { id: RiskTier; name: string }[] = [
  { id: 'low', name: 'Low: reads, or writes that are easy to undo' },
  { id: 'medium', name: 'Medium: writes that people would notice' },
  { id: 'high', name: 'High: money, deletion, or messages to customers' },
];

const tagsOf = (text: string): string[] => text.split(/[\s,]+/).filter((tag) => tag !== '');

const tagsProblem = (text: string): string | null => {
  const tags = tagsOf(text);
  if (tags.length > TAGS_MAX) return `At most ${TAGS_MAX} tags.`;
  return tags.every((tag) => SLUG.test(tag) && tag.length <= TAG_MAX)
    ? null
    : `Each tag is lower-case letters, digits and single hyphens, at most ${TAG_MAX} long.`;
};

/** Who an agent is. */
export const AgentInputs = ({
  onSubmit,
  isSubmitting,
  error,
}: {
  onSubmit: (agent: RegisterAgent) => void;
  isSubmitting: boolean;
  error: Error | null;
}) => {
  const [name, setName] = useState('');
  const [purpose, setPurpose] = useState('');
  const [ownerId, setOwnerId] = useState('');
  const [teamId, setTeamId] = useState('');
  const [riskTier, setRiskTier] = useState<RiskTier | ''>('');
  const [tags, setTags] = useState('');

  return (
    <FormFrame
      error={error}
      isSubmitting={isSubmitting}
      submit="Register and go on"
      problems={{ name: slugProblem(name, NAME_MAX), tags: tagsProblem(tags) }}
      onSubmit={() => {
        if (riskTier === '') return;
        onSubmit({ name, purpose: purpose.trim(), ownerId, teamId, riskTier, tags: tagsOf(tags) });
      }}
    >
      <TextInput
        source="name"
        label="Name"
        value={name}
        onChange={setName}
        required
        maxLength={NAME_MAX}
        hint="As policies name it, for example coding-agent."
      />
      <TextInput
        source="purpose"
        label="Purpose"
        value={purpose}
        onChange={setPurpose}
        required
        isLong
        maxLength={500}
        hint="What it does for whom, in a sentence."
      />
      <PickOne
        source="ownerId"
        label="Owner"
        resource="people"
        value={ownerId}
        onChange={setOwnerId}
        hint="The person who answers for it."
      />
      <FewSelect
        source="teamId"
        label="Team"
        resource="teams"
        value={teamId}
        onChange={setTeamId}
      />
      <SelectInput
        source="riskTier"
        label="Risk tier"
        value={riskTier}
        choices={TIERS}
        onChange={(id) => setRiskTier(id as RiskTier)}
      />
      <TextInput
        source="tags"
        label="Tags"
        value={tags}
        onChange={setTags}
        hint="Optional, separated by spaces; policies can select agents by tag."
      />
    </FormFrame>
  );
};
