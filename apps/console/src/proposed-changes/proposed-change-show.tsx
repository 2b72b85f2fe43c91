import { Alert } from '@mui/material';
import type { ProposedChangeDetail } from '../api/types.js';
import { SubjectLink } from '../audit/entry-links.js';
import { Badge } from '../shared/badge.js';
import { ByPerson } from '../shared/by-person.js';
import { CopyableId } from '../shared/copyable.js';
import { Facts } from '../shared/facts.js';
import { exactTime, visibleText } from '../shared/format.js';
import { useLive } from '../shared/live.js';
import { Page, Section } from '../shared/page.js';
import { Quoted } from '../shared/quoted.js';
import { RecordPage } from '../shared/record-page.js';
import { CopyableTime } from '../shared/time.js';
import { commandText } from './command-text.js';
import { Confirmers } from './confirmers.js';
import { ProposedChangeActions } from './proposed-change-actions.js';
import { ProposedEffect } from './proposed-effect.js';

const REFRESH_MS = 5_000;

export const ProposedChangeShow = () => {
  const live = useLive(REFRESH_MS);
  return (
    <RecordPage<ProposedChangeDetail>
      resource="proposed-changes"
      subject="ProposedChange"
      one="proposed change"
      refetchInterval={live}
    >
      {(change) => (
        <Page
          title={`${commandText(change.command)}: ${visibleText(change.subject.name)}`}
          aside={<Badge name={`proposed-change:${change.state}`} />}
          actions={<ProposedChangeActions change={change} />}
        >
          <StateNotice change={change} />
          <ChangeFacts change={change} />
          <Section title="What it changes">
            <ProposedEffect effect={change.effect} />
          </Section>
        </Page>
      )}
    </RecordPage>
  );
};

/** Whether anything was changed, and what the reader can do. */
const StateNotice = ({ change }: { change: ProposedChangeDetail }) => {
  const { state, canConfirm, whyNotConfirm } = change;
  if (state === 'done') return <Alert severity="success">Confirmed: this change was made.</Alert>;
  if (state !== 'open')
    return <Alert severity="info">Nothing was changed: this proposal is {state}.</Alert>;
  return (
    <Alert severity={canConfirm ? 'warning' : 'info'}>
      <strong>Nothing was changed yet.</strong>{' '}
      {canConfirm
        ? 'Check below what it changes, then confirm or reject it.'
        : readable(whyNotConfirm ?? '')}
    </Alert>
  );
};

const TIMESTAMP = /\d{4}-\d\d-\d\dT[\d:.]+Z/g;

/** The API's sentence with its times as the reader's clock shows them. */
const readable = (sentence: string): string => sentence.replaceAll(TIMESTAMP, exactTime);

const ChangeFacts = ({ change }: { change: ProposedChangeDetail }) => {
  const { subject, reason, aloneFrom, decidedAt, decisionNote } = change;
  return (
    <Facts
      columns={2}
      items={[
        { name: 'About', value: <SubjectLink subject={subject} /> },
        { name: 'Proposed by', value: <ByPerson person={change.proposedBy} /> },
        {
          name: 'Reason',
          value: reason === null ? 'none given' : <Quoted text={reason} max={300} />,
        },
        { name: 'Proposed', value: <CopyableTime at={change.proposedAt} /> },
        { name: 'Why two people', value: visibleText(change.explanation) },
        { name: 'Expires', value: exactTime(change.expiresAt) },
        { name: 'Who can confirm', value: <Confirmers change={change} /> },
        { name: 'Id', value: <CopyableId id={change.id} /> },
        ...(aloneFrom === null
          ? []
          : [{ name: 'Proposer can confirm alone', value: `from ${exactTime(aloneFrom)}` }]),
        ...(decidedAt === null
          ? []
          : [
              { name: 'Decided by', value: <ByPerson person={change.decidedBy} /> },
              { name: 'Decided', value: <CopyableTime at={decidedAt} /> },
              {
                name: 'Note',
                value: decisionNote === null ? '–' : <Quoted text={decisionNote} max={300} />,
              },
            ]),
      ]}
    />
  );
};
