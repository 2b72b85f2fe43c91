import { useGetList } from 'react-admin';
import type { Issuer, ScimKind } from '../api/types.js';
import { SelectInput, TextInput } from '../shared/form.js';
import { isKind, KINDS } from './scim-options.js';

/** A connection as typed so far. */
export interface ConnectionDraft {
  name: string;
  kind: ScimKind;
  issuerId: string | null;
}

const NO_ISSUER = 'none';
const ALL_OF_FEW = 100;

export const ConnectionInputs = ({
  draft,
  onChange,
}: {
  draft: ConnectionDraft;
  onChange: (draft: ConnectionDraft) => void;
}) => {
  const { data: issuers = [] } = useGetList<Issuer>('issuers', {
    pagination: { page: 1, perPage: ALL_OF_FEW },
  });
  const offered = issuers.filter(
    ({ id, retiredAt }) => retiredAt === null || id === draft.issuerId,
  );
  return (
    <>
      <SelectInput
        source="kind"
        label="Client"
        value={draft.kind}
        choices={KINDS}
        onChange={(kind) => isKind(kind) && onChange({ ...draft, kind })}
        hint="Decides which set-up page you are shown; nothing else."
      />
      <TextInput
        source="name"
        label="Name"
        value={draft.name}
        onChange={(name) => onChange({ ...draft, name })}
        required
        maxLength={100}
      />
      <SelectInput
        source="issuerId"
        label="Its people sign in at"
        value={
          offered.some(({ id }) => id === draft.issuerId)
            ? (draft.issuerId ?? NO_ISSUER)
            : NO_ISSUER
        }
        choices={[
          { id: NO_ISSUER, name: 'No trusted issuer' },
          ...offered.map(({ id, name }) => ({ id, name })),
        ]}
        onChange={(id) => onChange({ ...draft, issuerId: id === NO_ISSUER ? null : id })}
        hint="Only people of this connection are linked when somebody signs in there."
      />
    </>
  );
};
