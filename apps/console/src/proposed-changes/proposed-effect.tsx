import { Alert } from '@mui/material';
import type { ReactNode } from 'react';
import type { ProposedChangeDetail } from '../api/types.js';
import { Facts } from '../shared/facts.js';
import { ROLE_LABELS } from '../sign-in/who-can.js';
import { visibleText } from '../shared/format.js';
import { isObject } from '../shared/is-object.js';
import { PlainTable } from '../shared/plain-table.js';
import { effectRows } from './effect-rows.js';
import { PairEffect } from './pair-effect.js';

/** What a change would do: before and after where its command says so, else what it says. */
export const ProposedEffect = ({ effect }: { effect: ProposedChangeDetail['effect'] }) => {
  if (effect === null)
    return (
      <Alert severity="error">
        What this change would do cannot be opened: it was stored under another key, or altered
        since. Reject it, and propose it again.
      </Alert>
    );
  const { compared, plain } = effectRows(effect);
  return (
    <>
      {compared.length > 0 && (
        <PlainTable
          label="What it changes"
          rows={compared}
          rowKey={({ key }) => key}
          columns={[
            { name: 'Setting', render: ({ name }) => name, width: '20%' },
            { name: 'Before', render: ({ key, before }) => shown(key, before), width: '40%' },
            { name: 'After', render: ({ key, after }) => shown(key, after), width: '40%' },
          ]}
        />
      )}
      {plain.length > 0 && (
        <Facts items={plain.map((row) => ({ ...row, value: shown(row.key, row.value) }))} />
      )}
      {effect.pairs !== null && <PairEffect pairs={effect.pairs} />}
      {compared.length + plain.length === 0 && 'The command names no details.'}
    </>
  );
};

const shown = (key: string, value: unknown): ReactNode => {
  if (value === undefined || value === null || value === '') return '–';
  if (/\broles?$/.test(key)) return rolesText(value);
  if (typeof value === 'boolean') return value ? 'yes' : 'no';
  if (Array.isArray(value) && value.every((one) => !isObject(one)))
    return value.length === 0 ? 'none' : visibleText(value.join(', '));
  return visibleText(typeof value === 'string' ? value : JSON.stringify(value));
};

// By the names that people give to roles; one that the console does not know stays as it is.
const rolesText = (value: unknown): string => {
  const roles = (Array.isArray(value) ? value : [value]).map(String);
  const labels: Readonly<Record<string, string>> = ROLE_LABELS;
  return roles.length === 0 ? 'none' : visibleText(roles.map((r) => labels[r] ?? r).join(', '));
};
