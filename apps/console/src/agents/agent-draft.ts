import { useState } from 'react';
import type { RegisterAgent, RiskTier } from '../api/types.js';
import { SLUG, slugProblem } from '../shared/slug.js';

export const NAME_MAX = 64;
const TAG_MAX = 32;
const TAGS_MAX = 20;
const DAYS_MAX = 3_650;

/** What a form about an agent holds while somebody types it. */
export interface AgentDraft {
  name: string;
  purpose: string;
  ownerId: string;
  teamId: string;
  riskTier: RiskTier | '';
  tags: string;
  /** A day, as the browser's date input gives it; empty for none. */
  expires: string;
  inactiveAfterDays: string;
}

const EMPTY: AgentDraft = {
  name: '',
  purpose: '',
  ownerId: '',
  teamId: '',
  riskTier: '',
  tags: '',
  expires: '',
  inactiveAfterDays: '',
};

export type SetDraft = (change: Partial<AgentDraft>) => void;

/** A draft, and how it is changed. */
export const useAgentDraft = (initial: Partial<AgentDraft> = {}): [AgentDraft, SetDraft] => {
  const [draft, setDraft] = useState<AgentDraft>({ ...EMPTY, ...initial });
  return [draft, (change) => setDraft((before) => ({ ...before, ...change }))];
};

const tagsOf = (text: string): string[] => text.split(/[\s,]+/).filter((tag) => tag !== '');

const tagsProblem = (text: string): string | null => {
  const tags = tagsOf(text);
  if (tags.length > TAGS_MAX) return `At most ${TAGS_MAX} tags.`;
  return tags.every((tag) => SLUG.test(tag) && tag.length <= TAG_MAX)
    ? null
    : `Each tag is lower-case letters, digits and single hyphens, at most ${TAG_MAX} long.`;
};

const daysProblem = (text: string): string | null => {
  if (text === '') return null;
  const days = Number(text);
  return Number.isInteger(days) && days >= 1 && days <= DAYS_MAX
    ? null
    : `A whole number of days, from 1 to ${DAYS_MAX}.`;
};

/** What is wrong with it as far as it is typed, by input. */
export const draftProblems = (draft: AgentDraft): Record<string, string | null> => ({
  name: slugProblem(draft.name, NAME_MAX),
  tags: tagsProblem(draft.tags),
  inactiveAfterDays: daysProblem(draft.inactiveAfterDays),
});

/** The day that an agent's end falls on here, for a date input. */
export const dayOf = (iso: string | null): string => {
  if (iso === null) return '';
  const date = new Date(iso);
  return new Date(date.getTime() - date.getTimezoneOffset() * 60_000).toISOString().slice(0, 10);
};

/** The last moment of a day here: an agent that expires on a day may still call on it. */
const endOf = (day: string): string | null =>
  day === '' ? null : new Date(`${day}T23:59:59.999`).toISOString();

/** The draft as the API takes it; null while something is missing. */
export const agentOf = (draft: AgentDraft): RegisterAgent | null => {
  const { riskTier } = draft;
  if (riskTier === '') return null;
  return {
    name: draft.name,
    purpose: draft.purpose.trim(),
    ownerId: draft.ownerId,
    teamId: draft.teamId,
    riskTier,
    tags: tagsOf(draft.tags),
    expiresAt: endOf(draft.expires),
    inactiveAfterDays: draft.inactiveAfterDays === '' ? null : Number(draft.inactiveAfterDays),
  };
};
