import type { ReactNode } from 'react';
import type { NewStop, Stop } from '../api/types.js';
import { ReasonDialog } from '../shared/reason-dialog.js';
import { useApi } from '../shared/use-api.js';
import { useTold } from '../shared/use-told.js';
import { stoppedWords } from './stop-words.js';

/** What is to be stopped; null while the reader has not chosen it yet. */
export type StopTarget =
  { scope: 'everything' } | { scope: 'server' | 'tool'; id: string; name: string };

const wordsOf = (target: StopTarget): string =>
  stoppedWords({
    scope: target.scope,
    target: target.scope === 'everything' ? null : { id: target.id, name: target.name },
  });

/** Stops one tool, one tool server or everything, for a reason. */
export const StopDialog = ({
  title,
  target,
  children,
  onClose,
}: {
  title?: string;
  target: StopTarget | null;
  /** How it is chosen, where it is not given. */
  children?: ReactNode;
  onClose: () => void;
}) => {
  const { pressStop } = useApi();
  const told = useTold();
  const words = target === null ? 'what you choose' : wordsOf(target);
  return (
    <ReasonDialog<Stop>
      title={title ?? `Stop ${words}?`}
      verb={target?.scope === 'everything' ? 'Stop everything' : 'Stop it'}
      verbing="Stopping"
      isDangerous
      isIncomplete={target === null}
      warning="This takes effect at once, on every replica; calls that stream are cut."
      act={(reason) => {
        if (target === null) throw new Error('Choose what to stop.');
        return pressStop(bodyOf(target, reason));
      }}
      onDone={() => {
        told(`Stopped: ${words}.`);
        onClose();
      }}
      onClose={onClose}
    >
      Every call to {words} is refused, whatever the policies say, until somebody lifts the stop.
      {children}
    </ReasonDialog>
  );
};

const bodyOf = (target: StopTarget, reason: string): NewStop =>
  target.scope === 'everything'
    ? { scope: 'everything', reason }
    : { scope: target.scope, targetId: target.id, reason };
