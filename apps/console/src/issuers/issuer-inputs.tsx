import { Autocomplete, TextField } from '@mui/material';
import { SelectInput, TextInput, useHelperText } from '../shared/form.js';
import type { useIssuerDraft } from './issuer-draft.js';
import { ALGORITHMS, describeProfile, TOKEN_PROFILES } from './token-profiles.js';

const PROFILES = TOKEN_PROFILES.map(({ id, name }) => ({ id, name }));

const NAMED_BY = [
  { id: 'subject', name: 'Issuer and subject' },
  { id: 'email', name: 'E-mail address too' },
];

/** What is kept as it is typed and changes nothing else. */
type TypedSource =
  | 'name'
  | 'url'
  | 'audiences'
  | 'clockToleranceSeconds'
  | 'maxTokenAgeSeconds'
  | 'keysUrl'
  | 'requiredClaims';

/** What is checked of an issuer's tokens. The address of one that is trusted already never changes. */
export const IssuerInputs = ({
  form,
  isNew,
}: {
  form: ReturnType<typeof useIssuerDraft>;
  isNew: boolean;
}) => {
  const { draft, set, choose, setTenant } = form;
  const profile = describeProfile(draft.profile);
  const isEntra = draft.profile === 'entra';
  const typed = (source: TypedSource) => ({
    source,
    value: draft[source],
    onChange: (value: string) => set(source, value),
  });
  return (
    <>
      <SelectInput
        source="profile"
        label="Token profile"
        value={draft.profile}
        choices={PROFILES}
        onChange={(id) => choose(describeProfile(id)?.id ?? draft.profile)}
        hint="How it writes access tokens; everything else that it signs is rejected as one."
      />
      <TextInput {...typed('name')} label="Name" required maxLength={100} hint="For people." />
      {isEntra && (
        <TextInput
          source="tenant"
          label="Tenant ID"
          value={draft.tenant}
          onChange={setTenant}
          required
          maxLength={36}
          hint="Every token must name it as tid."
        />
      )}
      {isNew && (
        <TextInput
          {...typed('url')}
          label="Issuer"
          required
          type="url"
          maxLength={500}
          hint={`Exactly as its tokens name it in iss; it never changes. For example ${profile?.urlExample ?? ''}`}
        />
      )}
      <TextInput
        {...typed('audiences')}
        label="Audiences"
        required
        isLong
        maxLength={6_000}
        hint="One a line. A token must name one of them exactly."
      />
      <Algorithms value={draft.algorithms} onChange={(next) => set('algorithms', next)} />
      <TextInput
        {...typed('clockToleranceSeconds')}
        label="Clock tolerance in seconds"
        required
        maxLength={2}
        hint="How far its clock may be from ours; 30 is usual."
      />
      <TextInput
        {...typed('maxTokenAgeSeconds')}
        label="Maximum token age in seconds"
        required
        maxLength={7}
        hint="A token that is valid for longer is rejected; 86400 is a day."
      />
      <SelectInput
        source="signalsByEmail"
        label="Security events name people by"
        value={draft.signalsByEmail ? 'email' : 'subject'}
        choices={NAMED_BY}
        onChange={(by) => set('signalsByEmail', by === 'email')}
        hint="With e-mail addresses it can end the access of people who sign in elsewhere."
      />
      <TextInput
        {...typed('keysUrl')}
        label="Address of its keys"
        type="url"
        maxLength={500}
        hint="Only for an issuer without a discovery document; empty otherwise."
      />
      <TextInput
        {...typed('requiredClaims')}
        label="Required claims"
        isLong
        maxLength={4_000}
        hint="One a line as claim=value: what every token must carry besides. Usually none."
      />
    </>
  );
};

const Algorithms = ({
  value,
  onChange,
}: {
  value: readonly string[];
  onChange: (algorithms: string[]) => void;
}) => {
  const words = useHelperText(
    'algorithms',
    'Signature algorithms that are accepted; allow no more than it uses.',
  );
  return (
    <Autocomplete<string, true>
      multiple
      options={[...ALGORITHMS]}
      value={[...value]}
      onChange={(_, next) => onChange(next)}
      size="small"
      renderInput={(parameters) => (
        <TextField {...parameters} {...words} label="Algorithms" name="algorithms" />
      )}
    />
  );
};
