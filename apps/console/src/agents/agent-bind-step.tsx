import { Button, TextField } from '@mui/material';
import { useMutation } from '@tanstack/react-query';
import { useGetList } from 'react-admin';
import { Link } from 'react-router-dom';
import type { AgentDetail, Issuer } from '../api/types.js';
import { FormFrame, SelectInput, TextInput, useHelperText } from '../shared/form.js';
import { Empty } from '../shared/states.js';
import { useApi } from '../shared/use-api.js';
import { bindingOf, bindingProblems, useBindingDraft, type BindingDraft } from './binding-draft.js';
import { hintOf, PROFILE_LABELS } from './binding-labels.js';
import { ConditionRows, newRow } from './condition-rows.js';
import { KindChoice } from './kind-choice.js';

const KINDS = ['subject', 'client', 'key'] as const;
const NAME_MAX = 512;
const ALL_OF_FEW = 100;

/** Binds the agent: to a subject or a client of a trusted issuer, or to its own key. */
export const AgentBindStep = ({ agent, onDone }: { agent: AgentDetail; onDone: () => void }) => {
  const { bindAgent } = useApi();
  const [draft, setDraft] = useBindingDraft();
  const { mutate, isPending, error } = useMutation({
    mutationFn: () => bindAgent(agent.id, bindingOf(draft)),
    onSuccess: onDone,
  });
  return (
    <FormFrame
      error={error}
      isSubmitting={isPending}
      submit="Bind and go on"
      problems={bindingProblems(draft)}
      onSubmit={() => mutate()}
      extra={
        <Button component={Link} to={`/agents/${agent.id}`} variant="text">
          Leave it for later
        </Button>
      }
    >
      <KindChoice kinds={KINDS} value={draft.kind} onChange={(kind) => setDraft({ kind })} />
      {draft.kind === 'key' ? (
        <KeyInput value={draft.publicKey} onChange={(publicKey) => setDraft({ publicKey })} />
      ) : (
        <IssuerInputs draft={draft} onChange={setDraft} />
      )}
    </FormFrame>
  );
};

const KeyInput = ({ value, onChange }: { value: string; onChange: (value: string) => void }) => (
  <TextField
    label="Public key, as a JWK"
    name="publicKey"
    value={value}
    onChange={({ target }) => onChange(target.value)}
    required
    multiline
    minRows={5}
    maxRows={12}
    placeholder={'{"kty":"EC","crv":"P-256","x":"…","y":"…","kid":"…"}'}
    slotProps={{
      htmlInput: { maxLength: 4_000, spellCheck: false, autoComplete: 'off' },
      inputLabel: { shrink: true },
    }}
    {...useHelperText(
      'publicKey',
      'EC on P-256 or P-384, Ed25519, or RSA from 2048 bits. Only the public part: the private one never leaves the agent.',
    )}
  />
);

const IssuerInputs = ({
  draft,
  onChange,
}: {
  draft: BindingDraft;
  onChange: (change: Partial<BindingDraft>) => void;
}) => {
  const { data = [], isPending } = useGetList<Issuer>('issuers', {
    pagination: { page: 1, perPage: ALL_OF_FEW },
  });
  const issuers = data.filter(({ retiredAt }) => retiredAt === null);
  const profile = issuers.find(({ id }) => id === draft.issuerId)?.profile ?? '';
  const hint = hintOf(profile);
  const choose = (issuerId: string): void => {
    const chosen = hintOf(issuers.find(({ id }) => id === issuerId)?.profile ?? '');
    const filled = draft.conditions.filter(({ equals }) => equals !== '');
    const wanted = chosen.conditions.filter(
      ({ claim }) => !filled.some((row) => row.claim === claim),
    );
    onChange({
      issuerId,
      conditions: [...filled, ...wanted.map(({ claim, hint: why }) => newRow(claim, why))],
    });
  };
  if (!isPending && issuers.length === 0) {
    return (
      <Empty title="No issuer is trusted yet">
        Trust the company’s issuer first, under Issuers; or bind the agent to a key of its own.
      </Empty>
    );
  }
  return (
    <>
      <SelectInput
        source="issuerId"
        label="Issuer"
        value={draft.issuerId}
        choices={issuers.map((issuer) => ({
          id: issuer.id,
          name: `${issuer.name} (${PROFILE_LABELS[issuer.profile] ?? issuer.profile})`,
        }))}
        onChange={choose}
        hint="The company’s trusted token issuers."
      />
      {draft.kind === 'client' ? (
        <TextInput
          source="clientId"
          label="Client’s id, exactly"
          value={draft.clientId}
          onChange={(clientId) => onChange({ clientId })}
          required
          maxLength={NAME_MAX}
          hint={hint.client ?? 'Tokens of this issuer have no client. Bind a subject instead.'}
        />
      ) : (
        <>
          <TextInput
            source="subject"
            label="Subject, exactly"
            value={draft.subject}
            onChange={(subject) => onChange({ subject })}
            required
            maxLength={NAME_MAX}
            hint={`${hint.subject} For example ${hint.example}. Never an e-mail address or a name.`}
          />
          <ConditionRows
            rows={draft.conditions}
            onChange={(conditions) => onChange({ conditions })}
          />
        </>
      )}
    </>
  );
};
