import { useMutation, useQueryClient } from '@tanstack/react-query';
import { useNavigate } from 'react-router-dom';
import { FormFrame } from '../shared/form.js';
import { Page } from '../shared/page.js';
import { RequirePermission } from '../shared/states.js';
import { TwoColumns } from '../shared/two-columns.js';
import { useApi } from '../shared/use-api.js';
import { ConnectionTest } from './connection-test.js';
import { draftProblems, isTestable, settingsOf, useIssuerDraft } from './issuer-draft.js';
import { IssuerInputs } from './issuer-inputs.js';
import { ProfileHelp } from './profile-help.js';

/** Trust an issuer in one form: what it is, what must be filled in, and whether it answers. */
export const IssuerTrust = () => {
  const { trustIssuer } = useApi();
  const navigate = useNavigate();
  const queryClient = useQueryClient();
  const form = useIssuerDraft();
  const { draft } = form;
  const url = draft.url.trim();
  const { mutate, isPending, error } = useMutation({
    mutationFn: () => trustIssuer({ ...settingsOf(draft), url, name: draft.name.trim() }),
    onSuccess: async ({ id }) => {
      await queryClient.invalidateQueries();
      await navigate(`/issuers/${id}`);
    },
  });
  return (
    <RequirePermission action="register" subject="Issuer" what="trust issuers">
      <Page title="Trust an issuer">
        <TwoColumns
          left={
            <FormFrame
              problems={draftProblems(draft)}
              error={error}
              isSubmitting={isPending}
              submit="Trust this issuer"
              onSubmit={() => mutate()}
            >
              <IssuerInputs form={form} isNew />
            </FormFrame>
          }
          right={
            <>
              <ProfileHelp profile={draft.profile} />
              <ConnectionTest
                subjectOf={(sample) =>
                  isTestable(draft) ? { ...settingsOf(draft), url, ...sample } : null
                }
                waitingFor="Fill in the issuer and an audience first."
              />
            </>
          }
        />
      </Page>
    </RequirePermission>
  );
};
