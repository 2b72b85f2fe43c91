import { useState } from 'react';
import type { BindAgent, BindingKind } from '../api/types.js';
import { conditionsOf, conditionsProblem, type ConditionRow } from './condition-rows.js';

/** What the form of a binding holds while somebody fills it in. */
export interface BindingDraft {
  kind: BindingKind;
  issuerId: string;
  subject: string;
  clientId: string;
  conditions: readonly ConditionRow[];
  publicKey: string;
}

const EMPTY: BindingDraft = {
  kind: 'subject',
  issuerId: '',
  subject: '',
  clientId: '',
  conditions: [],
  publicKey: '',
};

export const useBindingDraft = (): [BindingDraft, (change: Partial<BindingDraft>) => void] => {
  const [draft, setDraft] = useState(EMPTY);
  return [draft, (change) => setDraft((before) => ({ ...before, ...change }))];
};

const WILD = /[*?%\p{Cc}\s]/u;
const exactProblem = (text: string): string | null =>
  WILD.test(text) ? 'Name one exactly: no spaces, no wildcards.' : null;

const PRIVATE_MEMBERS = ['d', 'p', 'q', 'dp', 'dq', 'qi', 'oth', 'k'];

/** The JWK that was pasted, or what is wrong with it. */
const readKey = (text: string): { key?: object; problem: string | null } => {
  if (text.trim() === '') return { problem: null };
  try {
    const key: unknown = JSON.parse(text);
    if (typeof key !== 'object' || key === null || Array.isArray(key)) throw new Error();
    if ('keys' in key) return { problem: 'This is a set of keys. Paste one key of it.' };
    return PRIVATE_MEMBERS.some((member) => member in key)
      ? {
          problem:
            'This is a private key, which must never leave the agent. Make a new pair, and paste only the public key.',
        }
      : { key, problem: null };
  } catch {
    return { problem: 'This is no JSON object. Paste the public key as a JWK.' };
  }
};

/** What is wrong as far as it is typed, by input. */
export const bindingProblems = (draft: BindingDraft): Record<string, string | null> => {
  if (draft.kind === 'key') return { publicKey: readKey(draft.publicKey).problem };
  return draft.kind === 'client'
    ? { clientId: exactProblem(draft.clientId) }
    : { subject: exactProblem(draft.subject), conditions: conditionsProblem(draft.conditions) };
};

/** The binding as the API takes it. */
export const bindingOf = (draft: BindingDraft): BindAgent => {
  const { kind, issuerId, subject, clientId } = draft;
  if (kind === 'key') {
    // The API says of each member what is wrong with it.
    const publicKey = readKey(draft.publicKey).key as Extract<
      BindAgent,
      { kind: 'key' }
    >['publicKey'];
    return { kind, publicKey };
  }
  return kind === 'client'
    ? { kind, issuerId, clientId }
    : { kind, issuerId, subject, conditions: conditionsOf(draft.conditions) };
};
