import type { UnregisteredAgent } from '../api/types.js';
import { Quoted } from '../shared/quoted.js';
import { visibleText } from '../shared/format.js';

/** What it last asked for, in its own words. */
export const LastRequest = ({ agent }: { agent: UnregisteredAgent }) => {
  const { lastMethod, lastServer, lastTool } = agent;
  if (lastTool !== null) {
    return <Quoted text={lastServer === null ? lastTool : `${lastServer}/${lastTool}`} max={80} />;
  }
  return <>{lastMethod === null ? 'could not be read' : visibleText(lastMethod)}</>;
};
