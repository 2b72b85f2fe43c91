import { Alert } from '@mui/material';
import type { PolicyDetail } from '../api/types.js';
import { visibleText } from '../shared/format.js';
import { Section } from '../shared/page.js';
import { PolicyText } from './policy-text.js';

const KINDS = { agent: 'agent', team: 'team', group: 'group', server: 'tool server' } as const;

interface Named {
  text: string | null;
  currentText: string | null;
  renamed: PolicyDetail['renamed'];
}

/** Which names changed since a text was decided: its rules select what they selected then. */
export const Renamed = ({ renamed }: Pick<Named, 'renamed'>) =>
  renamed.length === 0 ? null : (
    <Alert severity={renamed.some(({ currentName }) => currentName === null) ? 'warning' : 'info'}>
      Names have changed since this was decided. The rules still select what they selected then; the
      text below has the names of today.
      <ul>
        {renamed.map(({ kind, name, currentName }) => (
          <li key={`${kind} ${name}`}>
            {KINDS[kind]} <strong>{visibleText(name)}</strong>{' '}
            {currentName === null ? (
              'no longer exists'
            ) : (
              <>
                is now called <strong>{visibleText(currentName)}</strong>
              </>
            )}
          </li>
        ))}
      </ul>
    </Alert>
  );

/** The text to the letter, where the names of today differ from it. */
export const TextAsDecided = ({ text, currentText }: Pick<Named, 'text' | 'currentText'>) =>
  text === null || text === currentText ? null : (
    <Section title="The text as it was decided">
      <PolicyText text={text} label="Text as it was decided" />
    </Section>
  );
