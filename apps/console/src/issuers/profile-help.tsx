import { Box } from '@mui/material';
import type { TokenProfile } from '../api/types.js';
import { Section } from '../shared/page.js';
import { describeProfile } from './token-profiles.js';

/** What the chosen profile is for and what must be filled in. */
export const ProfileHelp = ({ profile }: { profile: TokenProfile }) => {
  const words = describeProfile(profile);
  if (words === undefined) return null;
  return (
    <Section title={words.name}>
      <Box>{words.use}</Box>
      <Box component="ol" sx={{ my: 1, pl: 2.5, display: 'grid', gap: 0.5 }}>
        {words.toFill.map((step) => (
          <li key={step}>{step}</li>
        ))}
      </Box>
      <Box sx={{ color: 'text.secondary' }}>
        Agents and people are known by {words.subject}.{' '}
        {words.isInteractive
          ? 'People can sign in to this console there, once you set that up.'
          : 'It knows workloads only: nobody can sign in there.'}
      </Box>
    </Section>
  );
};
