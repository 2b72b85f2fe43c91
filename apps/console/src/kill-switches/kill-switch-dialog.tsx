import type { ReactNode } from 'react';
import type { NewKillSwitch, KillSwitch } from '../api/types.js';
import { ReasonDialog } from '../shared/reason-dialog.js';
import { useApi } from '../shared/use-api.js';
import { useNotifySuccess } from '../shared/use-notify-success.js';
import { targetText } from './kill-switch-target.js';

/** What is to be stopped; null while the reader has not chosen it yet. */
export type KillSwitchTarget =
  { scope: 'everything' } | { scope: 'server' | 'tool'; id: string; name: string };

const wordsOf = (target: KillSwitchTarget): string =>
  targetText({
    scope: target.scope,
    target: target.scope === 'everything' ? null : { id: target.id, name: target.name },
  });

/** Stops one tool, one tool server or everything, for a reason. */
export const KillSwitchDialog = ({
  title,
  target,
  children,
  onClose,
}: {
  title?: string;
  target: KillSwitchTarget | null;
  /** How it is chosen, where it is not given. */
  children?: ReactNode;
  onClose: () => void;
}) => {
  const { activateKillSwitch } = useApi();
  const notifySuccess = useNotifySuccess();
  const words = target === null ? 'what you choose' : wordsOf(target);
  return (
    <ReasonDialog<KillSwitch>
      title={title ?? `Stop ${words}?`}
      verb={target?.scope === 'everything' ? 'Stop everything' : 'Stop it'}
      verbing="Stopping"
      isDangerous
      isIncomplete={target === null}
      warning="This takes effect at once, on every replica; calls in progress are terminated."
      act={(reason) => {
        if (target === null) throw new Error('Choose what to stop.');
        return activateKillSwitch(bodyOf(target, reason));
      }}
      onDone={() => {
        notifySuccess(`Stopped: ${words}.`);
        onClose();
      }}
      onClose={onClose}
    >
      {target?.scope === 'everything' ? 'Every call' : `Every call to ${words}`} is denied, whatever
      the policies say, until the kill switch is released.
      {children}
    </ReasonDialog>
  );
};

const bodyOf = (target: KillSwitchTarget, reason: string): NewKillSwitch =>
  target.scope === 'everything'
    ? { scope: 'everything', reason }
    : { scope: target.scope, targetId: target.id, reason };
