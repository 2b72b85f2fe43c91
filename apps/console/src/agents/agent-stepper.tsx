import { Step, StepLabel, Stepper } from '@mui/material';

const STEPS = ['Who is it?', 'How is it bound?', 'Activate'] as const;

/** Where the reader is on the way from nothing to an active agent. */
export const AgentStepper = ({ step }: { step: 0 | 1 | 2 }) => (
  <Stepper activeStep={step} sx={{ maxWidth: 640, py: 0.5 }}>
    {STEPS.map((label, index) => (
      <Step key={label}>
        <StepLabel {...(index === step ? { 'aria-current': 'step' as const } : {})}>
          {label}
        </StepLabel>
      </Step>
    ))}
  </Stepper>
);
