import { Alert, Box, Button } from '@mui/material';
import { useMutation, useQueryClient } from '@tanstack/react-query';
import { lazy, Suspense, useRef, useState } from 'react';
import { useNavigate } from 'react-router-dom';
import type { PolicyDetail, PolicyProblem, ProposePolicy } from '../api/types.js';
import { FormFrame, TextInput } from '../shared/form.js';
import { Section } from '../shared/page.js';
import { REASON_MAX, REASON_MIN } from '../shared/reason-dialog.js';
import { slugProblem } from '../shared/slug.js';
import { Loading } from '../shared/states.js';
import { useApi } from '../shared/use-api.js';
import type { PolicyEditorHandle } from './policy-editor.js';
import { ProblemList } from './problem-list.js';
import { RuleHelp } from './rule-help.js';
import { withRule } from './rule-template.js';
import { useDraft } from './use-draft.js';
import { useValidation } from './use-validation.js';

const PolicyEditor = lazy(async () => ({
  default: (await import('./policy-editor.js')).PolicyEditor,
}));

const NAME_MAX = 64;
const NO_PROBLEMS: readonly PolicyProblem[] = [];

/** A policy's text with what is wrong with it, and the note that goes with the proposal. */
export const ProposalForm = ({
  policy,
  initialText,
  initialNote = '',
  draftName = '',
  startsAtEnd = false,
}: {
  policy: PolicyDetail | null;
  initialText: string;
  initialNote?: string;
  /** What else the draft belongs to, when it does not start from the active text. */
  draftName?: string;
  startsAtEnd?: boolean;
}) => {
  const draft = useDraft(
    `policy-draft:${policy?.active?.id ?? policy?.id ?? 'new'}${draftName}`,
    initialText,
  );
  const [startText, setStartText] = useState(draft.text);
  const [isRestored, setRestored] = useState(draft.isRestored);
  const editor = useRef<PolicyEditorHandle>(null);
  const validation = useValidation(draft.text, policy?.id ?? null);
  const isEmpty = draft.text.trim() === '';
  const isUnchanged = policy !== null && draft.text === policy.currentText;
  const isReady =
    !isEmpty && !isUnchanged && validation.isCurrent && validation.result?.valid === true;

  const startAgain = (): void => {
    draft.setText(initialText);
    setStartText(initialText);
    setRestored(false);
  };

  return (
    <>
      {isRestored && (
        <Alert
          severity="info"
          action={
            <Button color="inherit" onClick={startAgain}>
              Start again
            </Button>
          }
        >
          This is the text that you began earlier and did not propose.
        </Alert>
      )}
      <Box
        sx={{
          display: 'grid',
          gap: 1.5,
          alignItems: 'start',
          gridTemplateColumns: { xs: 'minmax(0, 1fr)', lg: 'minmax(0, 1fr) 340px' },
        }}
      >
        <Box sx={{ display: 'grid', gap: 1, gridTemplateColumns: 'minmax(0, 1fr)' }}>
          <Suspense fallback={<Loading what="the editor" />}>
            <PolicyEditor
              // Starting again is a new text, with a history of its own.
              key={isRestored ? 'restored' : 'fresh'}
              ref={editor}
              initialText={startText}
              label="Policy text"
              startsAtEnd={startsAtEnd}
              onChange={draft.setText}
              problems={validation.result?.problems ?? NO_PROBLEMS}
            />
          </Suspense>
          <Box>
            <Button onClick={() => editor.current?.setText(withRule(draft.text, null))}>
              Insert a rule
            </Button>
          </Box>
          <RuleHelp />
        </Box>
        <Box sx={{ display: 'grid', gap: 1.5 }}>
          <Section title="Check">
            <ProblemList
              validation={validation}
              isEmpty={isEmpty}
              onGoTo={({ line, column }) => editor.current?.goTo(line, column)}
            />
            {isUnchanged && <Box>It is still the same as the active text.</Box>}
          </Section>
          <SendProposal
            policy={policy}
            text={draft.text}
            initialNote={initialNote}
            isReady={isReady}
            onSent={draft.discard}
          />
        </Box>
      </Box>
    </>
  );
};

const SendProposal = ({
  policy,
  text,
  initialNote,
  isReady,
  onSent,
}: {
  policy: PolicyDetail | null;
  text: string;
  initialNote: string;
  isReady: boolean;
  onSent: () => void;
}) => {
  const { proposePolicy } = useApi();
  const navigate = useNavigate();
  const queryClient = useQueryClient();
  const [name, setName] = useState('');
  const [description, setDescription] = useState('');
  const [note, setNote] = useState(initialNote);
  const { mutate, isPending, error } = useMutation({
    mutationFn: () => proposePolicy(proposal()),
    onSuccess: async ({ id }) => {
      onSent();
      await queryClient.invalidateQueries();
      await navigate(`/policy-versions/${id}`);
    },
  });
  const proposal = (): ProposePolicy =>
    policy === null
      ? { name, description: description.trim(), text, note: note.trim() }
      : { policyId: policy.id, basedOnId: policy.active?.id ?? null, text, note: note.trim() };

  return (
    <FormFrame
      error={error}
      isSubmitting={isPending}
      isBlocked={!isReady}
      submit="Propose"
      problems={{
        name: slugProblem(name, NAME_MAX),
        note: note !== '' && note.trim().length < REASON_MIN ? 'A few words more.' : null,
      }}
      onSubmit={() => mutate()}
    >
      {policy === null && (
        <>
          <TextInput
            source="name"
            label="Policy name"
            value={name}
            onChange={setName}
            required
            maxLength={NAME_MAX}
          />
          <TextInput
            source="description"
            label="What it is for"
            value={description}
            onChange={setDescription}
            maxLength={500}
          />
        </>
      )}
      <TextInput
        source="note"
        label="Note for the reviewer"
        value={note}
        onChange={setNote}
        required
        isLong
        maxLength={REASON_MAX}
        hint="What changes and why. It waits under Proposed changes: a second person in security confirms or rejects it."
      />
    </FormFrame>
  );
};
