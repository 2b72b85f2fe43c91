import { Tooltip } from '@mui/material';
import { useNow } from './now.js';
import { exactTime, relativeTime } from './format.js';
import { CopyButton } from './copyable.js';

/** A moment, relative; the exact one with its zone on hover. */
export const Time = ({ at, isToCome = false }: { at: string; isToCome?: boolean }) => {
  const now = useNow();
  return (
    <Tooltip title={exactTime(at)}>
      <time dateTime={at} className="nowrap">
        {relativeTime(at, now, isToCome)}
      </time>
    </Tooltip>
  );
};

/** As {@link Time}; a click copies the exact moment. */
export const CopyableTime = ({ at }: { at: string }) => {
  const now = useNow();
  return (
    <CopyButton text={at} hint={exactTime(at)}>
      <time dateTime={at} className="nowrap">
        {relativeTime(at, now)}
      </time>
    </CopyButton>
  );
};
