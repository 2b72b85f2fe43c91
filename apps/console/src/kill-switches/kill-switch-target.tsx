import type { KillSwitch } from '../api/types.js';
import { TextLink } from '../shared/links.js';
import { visibleText } from '../shared/format.js';

/** "everything", "the tool server helpdesk", "the tool helpdesk/refund". */
export const targetText = ({ scope, target }: Pick<KillSwitch, 'scope' | 'target'>): string => {
  if (target === null) return 'everything';
  return `the ${scope === 'server' ? 'tool server' : 'tool'} ${visibleText(target.name)}`;
};

/** The same, leading to what is stopped. */
export const TargetLink = ({ killSwitch }: { killSwitch: KillSwitch }) => {
  if (killSwitch.target === null) return <strong>Everything</strong>;
  const place = killSwitch.scope === 'server' ? 'tool-servers' : 'tools';
  return (
    <>
      {killSwitch.scope === 'server' ? 'Tool server' : 'Tool'}{' '}
      <TextLink to={`/${place}/${killSwitch.target.id}`}>
        {visibleText(killSwitch.target.name)}
      </TextLink>
    </>
  );
};
