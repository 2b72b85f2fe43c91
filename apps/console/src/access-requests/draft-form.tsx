import { useMutation } from '@tanstack/react-query';
import { useState } from 'react';
import { useGetOne } from 'react-admin';
import type { AccessRequestDetail, ToolDetail } from '../api/types.js';
import { accessRequestFacts } from '../sign-in/ability.js';
import { useCan } from '../sign-in/session-store.js';
import { FormFrame, TextInput } from '../shared/form.js';
import { Section } from '../shared/page.js';
import { TwoColumns } from '../shared/two-columns.js';
import { useApi } from '../shared/use-api.js';
import { useNotifySuccess } from '../shared/use-notify-success.js';
import { SchemaTable } from '../catalog/tools/schema-table.js';
import { hoursProblem } from './hours.js';

const CONDITION_MAX = 4_000;

/** For the tool's owner, or IT in their place: says what the access grant may be. */
export const DraftForm = ({ request }: { request: AccessRequestDetail }) => {
  const can = useCan();
  const isPending = request.state === 'open' || request.state === 'drafted';
  if (!isPending || !can('draft', 'AccessRequest', accessRequestFacts(request))) return null;
  return (
    <Section
      title={
        request.state === 'open'
          ? 'Draft the access grant: this is yours to do'
          : 'Draft it anew instead'
      }
    >
      <TwoColumns
        left={<Inputs request={request} />}
        right={can('read', 'Tool') && <ToolArguments toolId={request.tool.id} />}
      />
    </Section>
  );
};

/** What the condition can speak of. */
const ToolArguments = ({ toolId }: { toolId: string }) => {
  const { data } = useGetOne<ToolDetail>('tools', { id: toolId }, { onError: () => undefined });
  return data?.inputSchema === undefined ? null : (
    <Section title="The tool’s arguments">
      <SchemaTable schema={data.inputSchema} />
    </Section>
  );
};

const Inputs = ({ request }: { request: AccessRequestDetail }) => {
  const { draftAccessGrant } = useApi();
  const notifySuccess = useNotifySuccess();
  const [when, setWhen] = useState('');
  const [hours, setHours] = useState(String(request.durationHours));
  const [note, setNote] = useState('');
  const { mutate, isPending, error } = useMutation({
    mutationFn: () =>
      draftAccessGrant(request.id, {
        when: when.trim(),
        durationHours: Number(hours),
        note: note.trim(),
      }),
    onSuccess: () => notifySuccess('Drafted. Somebody else in IT publishes it.'),
  });
  return (
    <FormFrame
      error={error}
      isSubmitting={isPending}
      submit="Draft the access grant"
      problems={{ durationHours: hoursProblem(hours, request.durationHours) }}
      onSubmit={() => mutate()}
    >
      <TextInput
        source="when"
        label="Condition, in the policy language"
        value={when}
        onChange={setWhen}
        required
        isLong
        maxLength={CONDITION_MAX}
        hint="For example: arguments: { amount: { lte: 100 } }. The word always allows any arguments."
      />
      <TextInput
        source="durationHours"
        label="For how many hours, from now"
        value={hours}
        onChange={setHours}
        required
        hint={`At most the ${request.durationHours} that were asked for.`}
      />
      <TextInput
        source="note"
        label="Note"
        value={note}
        onChange={setNote}
        required
        isLong
        maxLength={500}
        hint="Why it may be so. It becomes the rule’s reason, and goes into the ledger."
      />
    </FormFrame>
  );
};
