import type { Stop } from '../api/types.js';
import { To } from '../shared/links.js';
import { visibleText } from '../shared/words.js';

/** "everything", "the tool server helpdesk", "the tool helpdesk/refund". */
export const stoppedWords = ({ scope, target }: Pick<Stop, 'scope' | 'target'>): string => {
  if (target === null) return 'everything';
  return `the ${scope === 'server' ? 'tool server' : 'tool'} ${visibleText(target.name)}`;
};

/** The same, leading to what is stopped. */
export const Stopped = ({ stop }: { stop: Stop }) => {
  if (stop.target === null) return <strong>Everything</strong>;
  const place = stop.scope === 'server' ? 'tool-servers' : 'tools';
  return (
    <>
      {stop.scope === 'server' ? 'Tool server' : 'Tool'}{' '}
      <To to={`/${place}/${stop.target.id}`}>{visibleText(stop.target.name)}</To>
    </>
  );
};
