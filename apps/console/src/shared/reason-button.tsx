import { Button } from '@mui/material';
import { useState, type ReactNode } from 'react';
import type { Role } from '../api/types.js';
import type { Action, SubjectName } from '../sign-in/ability.js';
import { useCan } from '../sign-in/session-store.js';
import { ReasonDialog } from './reason-dialog.js';
import { ForbiddenHint } from './states.js';
import { useNotifySuccess } from './use-notify-success.js';

interface ReasonButtonProps<T> {
  label: string;
  action: Action;
  subject: SubjectName;
  instance?: Record<string, unknown>;
  /** What those who may not are told that they may not do; nothing is said when it is absent. */
  what?: string;
  /** Who can do it to this one, when not everybody who can do it to some. */
  who?: readonly Role[];
  title: string;
  /** What the reason is called, when the API calls it otherwise. */
  reasonLabel?: string;
  verb: string;
  verbing: string;
  isDangerous?: boolean;
  isIncomplete?: boolean;
  warning?: string | null;
  act: (reason: string) => Promise<T>;
  /** Said when it is done. */
  done: string;
  onDone?: (result: T) => void;
  /** What will happen. */
  children: ReactNode;
}

/** A button that asks for a reason and does one thing; for others, who can. */
export const ReasonButton = <T,>(props: ReasonButtonProps<T>) => {
  const { label, action, subject, instance, what, who, done, onDone, reasonLabel, ...dialog } =
    props;
  const can = useCan();
  const notifySuccess = useNotifySuccess();
  const [isAsking, setAsking] = useState(false);
  if (!can(action, subject, instance)) {
    return what === undefined ? null : (
      <ForbiddenHint action={action} subject={subject} what={what} who={who} />
    );
  }
  return (
    <>
      <Button
        {...(props.isDangerous === true ? { color: 'error' } : {})}
        onClick={() => setAsking(true)}
      >
        {label}
      </Button>
      {isAsking && (
        <ReasonDialog
          {...dialog}
          {...(reasonLabel === undefined ? {} : { label: reasonLabel })}
          onDone={(result) => {
            setAsking(false);
            notifySuccess(done);
            onDone?.(result);
          }}
          onClose={() => setAsking(false)}
        />
      )}
    </>
  );
};
