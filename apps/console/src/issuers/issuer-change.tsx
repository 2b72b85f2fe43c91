import { useQueryClient } from '@tanstack/react-query';
import { useState } from 'react';
import { useNavigate } from 'react-router-dom';
import type { IssuerDetail } from '../api/types.js';
import { FormFrame } from '../shared/form.js';
import { Page } from '../shared/page.js';
import { ReasonDialog } from '../shared/reason-dialog.js';
import { RecordPage } from '../shared/record-page.js';
import { RequirePermission } from '../shared/states.js';
import { TwoColumns } from '../shared/two-columns.js';
import { useApi } from '../shared/use-api.js';
import { ConnectionTest } from './connection-test.js';
import { draftProblems, isTestable, settingsOf, useIssuerDraft } from './issuer-draft.js';
import { IssuerInputs } from './issuer-inputs.js';
import { ProfileHelp } from './profile-help.js';

export const IssuerChange = () => (
  <RequirePermission action="change" subject="Issuer" what="change issuers">
    <RecordPage<IssuerDetail> resource="issuers" subject="Issuer" one="issuer">
      {(issuer) => <ChangeForm issuer={issuer} />}
    </RecordPage>
  </RequirePermission>
);

const ChangeForm = ({ issuer }: { issuer: IssuerDetail }) => {
  const { changeIssuer } = useApi();
  const navigate = useNavigate();
  const queryClient = useQueryClient();
  const form = useIssuerDraft(issuer);
  const { draft } = form;
  const [isAsking, setAsking] = useState(false);
  return (
    <Page title={`Change ${issuer.name}`}>
      <TwoColumns
        left={
          <FormFrame
            problems={draftProblems(draft)}
            error={null}
            isSubmitting={false}
            submit="Change it…"
            onSubmit={() => setAsking(true)}
          >
            <IssuerInputs form={form} isNew={false} />
          </FormFrame>
        }
        right={
          <>
            <ProfileHelp profile={draft.profile} />
            <ConnectionTest
              subjectOf={(sample) =>
                isTestable(draft) ? { ...settingsOf(draft), url: issuer.url, ...sample } : null
              }
            />
          </>
        }
      />
      {isAsking && (
        <ReasonDialog
          title={`Change what is checked of ${issuer.name}’s tokens?`}
          verb="Change the issuer"
          verbing="Changing"
          isDangerous
          act={(reason) =>
            changeIssuer(issuer.id, { ...settingsOf(draft), name: draft.name.trim(), reason })
          }
          onDone={() => {
            void queryClient.invalidateQueries();
            void navigate(`/issuers/${issuer.id}`);
          }}
          onClose={() => setAsking(false)}
          onProposed={() => void navigate(`/issuers/${issuer.id}`)}
        >
          A token that does not meet the new settings is rejected from the next call on. Test the
          connection before you agree.
        </ReasonDialog>
      )}
    </Page>
  );
};
