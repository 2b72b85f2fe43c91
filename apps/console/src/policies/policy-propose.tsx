import { Alert } from '@mui/material';
import { useGetList } from 'react-admin';
import { Navigate, useSearchParams } from 'react-router-dom';
import type { Policy, PolicyDetail } from '../api/types.js';
import { PolicyLink, TextLink } from '../shared/links.js';
import { Page } from '../shared/page.js';
import { RecordPage } from '../shared/record-page.js';
import { Failed, RequirePermission, Loading } from '../shared/states.js';
import { visibleText } from '../shared/format.js';
import { OthersInReview } from './others-in-review.js';
import { ProposalForm } from './proposal-form.js';
import { ProposeAgain } from './propose-again.js';
import { proposeRulePath } from './propose-paths.js';
import { withRule } from './rule-template.js';
import { STARTING_TEXT } from './starting-text.js';

const ALL_OF_FEW = 100;
const MAIN_POLICY = 'main';

/** A change of a policy that exists: of its active text, or with the text of another version. */
export const PolicyProposeChange = () => {
  const [search] = useSearchParams();
  const from = search.get('from');
  return (
    <RequirePermission action="propose" subject="PolicyVersion" what="propose a change">
      <RecordPage<PolicyDetail> resource="policies" subject="Policy" one="policy">
        {(policy) => (
          <Page
            title={`Change ${policy.name}`}
            heading={
              <>
                Propose a change of <PolicyLink policy={policy} />
              </>
            }
          >
            <OthersInReview policy={policy} except={from} />
            {from === null ? (
              <ActiveText policy={policy} pair={pairOf(search)} />
            ) : (
              <ProposeAgain policy={policy} fromId={from} />
            )}
          </Page>
        )}
      </RecordPage>
    </RequirePermission>
  );
};

type Pair = { agent: string; tool: string };

const pairOf = (search: URLSearchParams): Pair | null => {
  const agent = search.get('agent');
  const tool = search.get('tool');
  return agent === null || tool === null ? null : { agent, tool };
};

const ActiveText = ({ policy, pair }: { policy: PolicyDetail; pair: Pair | null }) => {
  const text = policy.currentText ?? (pair === null ? STARTING_TEXT : '');
  const draftName = pair === null ? '' : `:${pair.agent}:${pair.tool}`;
  return (
    <>
      {pair !== null && <RuleAdded pair={pair} />}
      <ProposalForm
        key={`${policy.active?.id ?? 'none'}${draftName}`}
        policy={policy}
        initialText={pair === null ? text : withRule(text, pair)}
        initialNote={pair === null ? '' : noteOf(pair)}
        draftName={draftName}
        startsAtEnd={pair !== null}
      />
    </>
  );
};

const RuleAdded = ({ pair: { agent, tool } }: { pair: Pair }) => (
  <Alert severity="info">
    A rule that allows <strong>{visibleText(tool)}</strong> to <strong>{visibleText(agent)}</strong>{' '}
    stands at the end: narrow it to what is needed. Where a deny rule selects both as well, deny
    beats allow, so that rule must become narrower too.
  </Alert>
);

const noteOf = ({ agent, tool }: Pair): string => `Allow ${tool} to ${agent}`;

/** The first version of a policy that does not exist yet. */
export const PolicyProposeNew = () => {
  const pair = pairOf(useSearchParams()[0]);
  return (
    <RequirePermission action="propose" subject="PolicyVersion" what="propose a new policy">
      <Page title="Propose a new policy">
        <ProposalForm
          policy={null}
          initialText={pair === null ? STARTING_TEXT : withRule('', pair)}
          initialNote={pair === null ? '' : noteOf(pair)}
        />
      </Page>
    </RequirePermission>
  );
};

/** A new rule for an agent and a tool, while nobody has said into which policy it goes. */
export const PolicyProposeRule = () => (
  <RequirePermission action="propose" subject="PolicyVersion" what="propose a rule">
    <ChoosePolicy />
  </RequirePermission>
);

const ChoosePolicy = () => {
  const pair = pairOf(useSearchParams()[0]);
  const { data, error, isPending, refetch } = useGetList<Policy>(
    'policies',
    { pagination: { page: 1, perPage: ALL_OF_FEW } },
    { onError: () => undefined },
  );
  if (isPending) return <Loading what="the policies" />;
  if (error) return <Failed error={error} onRetry={() => void refetch()} />;
  const usual = data.length === 1 ? data[0] : data.find(({ name }) => name === MAIN_POLICY);
  if (usual !== undefined) return <Navigate to={proposeRulePath(pair, usual.id)} replace />;
  return (
    <Page title="Propose a rule">
      <div>
        Into which policy?
        <ul>
          {data.map(({ id, name, description }) => (
            <li key={id}>
              <TextLink to={proposeRulePath(pair, id)}>{name}</TextLink> {description}
            </li>
          ))}
          <li>
            <TextLink to={proposeRulePath(pair, null)}>a new one</TextLink>
          </li>
        </ul>
      </div>
    </Page>
  );
};
