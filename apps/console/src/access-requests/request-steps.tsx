import { Step, StepLabel, Stepper } from '@mui/material';
import type { ReactNode } from 'react';
import type { AccessRequestDetail } from '../api/types.js';
import { Time } from '../shared/time.js';

interface RequestStep {
  name: string;
  done: ReactNode;
}

/** Request, draft, decision: who did which when. */
export const RequestSteps = ({ request }: { request: AccessRequestDetail }) => {
  const { state, requestedBy, requestedAt, draftedBy, draftedAt, decidedBy, decidedAt } = request;
  const steps: readonly RequestStep[] = [
    { name: 'Requested', done: by(requestedBy, requestedAt) },
    { name: 'Drafted', done: draftedAt === null ? null : by(draftedBy, draftedAt) },
    { name: ENDS[state], done: decidedAt === null ? null : by(decidedBy, decidedAt) },
  ];
  const isRejected = state === 'rejected' || state === 'withdrawn';
  const active = state === 'open' ? 1 : state === 'drafted' ? 2 : steps.length;
  return (
    <Stepper activeStep={active} sx={{ maxWidth: 860, py: 0.5 }}>
      {steps.map(({ name, done }, index) => {
        // A request that ended before it was drafted leaves that step undone.
        const isLast = index === steps.length - 1;
        return (
          <Step key={name} completed={index < active && (done !== null || isLast)}>
            <StepLabel
              error={isLast && isRejected}
              optional={done}
              {...(index === active ? { 'aria-current': 'step' as const } : {})}
            >
              {name}
            </StepLabel>
          </Step>
        );
      })}
    </Stepper>
  );
};

const ENDS: Readonly<Record<AccessRequestDetail['state'], string>> = {
  open: 'Published',
  drafted: 'Published',
  granted: 'Published',
  rejected: 'Rejected',
  withdrawn: 'Withdrawn',
};

const by = (person: { name: string } | null, at: string): ReactNode => (
  <span>
    {person?.name ?? 'the system'}, <Time at={at} />
  </span>
);
