import { readNameBindings } from '../bind/read-name-bindings.js';
import { parsePolicy } from '../parse/parse-policy.js';
import { toCallRules, type CallRule } from './call-rules.js';

/** A version's text, and to what it bound its names, as its row has them. */
export interface TextToRead {
  readonly text: string;
  readonly bindings: unknown;
  readonly holdAvailable: boolean;
}

/** The rules of a version; null when its text cannot be read, or what its names stand for. */
export const readCallRules = ({ text, bindings, holdAvailable }: TextToRead): CallRule[] | null => {
  const { rules } = parsePolicy(text, { holdAvailable });
  const names = readNameBindings(bindings);
  if (rules === null || names === null) return null;
  try {
    return toCallRules(rules, names);
  } catch {
    // A name in it is bound to nothing.
    return null;
  }
};
