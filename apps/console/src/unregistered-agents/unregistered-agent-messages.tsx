import type { UnregisteredAgent } from '../api/types.js';
import { Quoted } from '../shared/quoted.js';
import { visibleText } from '../shared/messages.js';

/** What it last asked for, in its own words. */
export const AskedMessages = ({ caller }: { caller: UnregisteredAgent }) => {
  const { lastMethod, lastServer, lastTool } = caller;
  if (lastTool !== null) {
    return <Quoted text={lastServer === null ? lastTool : `${lastServer}/${lastTool}`} max={80} />;
  }
  return <>{lastMethod === null ? 'could not be read' : visibleText(lastMethod)}</>;
};
