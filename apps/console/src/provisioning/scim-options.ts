import type { ScimKind, ScimScope } from '../api/types.js';

export const KIND_LABELS: Readonly<Record<ScimKind, string>> = {
  entra: 'Microsoft Entra',
  okta: 'Okta',
  other: 'Another client',
};

export const KINDS = (['entra', 'okta', 'other'] as const).map((id) => ({
  id,
  name: KIND_LABELS[id],
}));

export const isKind = (id: string): id is ScimKind => Object.hasOwn(KIND_LABELS, id);

/** What a token with this scope can do; no scope gives anybody a right. */
export const SCOPES: readonly { id: ScimScope; meaning: string; isUsual: boolean }[] = [
  { id: 'users:read', meaning: 'see the people that it provisioned', isUsual: true },
  { id: 'users:write', meaning: 'bring, change, disable and delete people', isUsual: true },
  { id: 'groups:read', meaning: 'see the groups that it provisioned', isUsual: true },
  {
    id: 'groups:write',
    meaning: 'bring, change and delete groups, and say who is in them',
    isUsual: true,
  },
  {
    id: 'agents:read',
    meaning: 'see the agents that it provisioned (experimental)',
    isUsual: false,
  },
  {
    id: 'agents:write',
    meaning: 'bring agents as drafts, suspend and retire them (experimental)',
    isUsual: false,
  },
];

export const LIFETIMES = [
  { id: '30', name: '30 days' },
  { id: '90', name: '90 days' },
  { id: '180', name: '180 days' },
  { id: '366', name: 'a year' },
];

export const OVERLAPS = [
  { id: '0', name: 'Not at all: the old one stops now' },
  { id: '1', name: 'One hour' },
  { id: '24', name: 'A day' },
  { id: '168', name: 'A week' },
];
