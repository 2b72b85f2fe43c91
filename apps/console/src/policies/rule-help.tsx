import { Box } from '@mui/material';
import type { ReactNode } from 'react';
import { MONOSPACE } from '../theme.js';

const EXAMPLE = `rules:
  - name: support-small-refunds # a-z, 0-9 and "-"
    effect: allow # or deny
    agents: { names: [support-agent] } # or teams, tiers, tags, all: true
    tools: { names: [helpdesk/refund] } # or servers, classifications,
                                        # annotations, all: true
    when: # mandatory: { always: true } when it always applies
      arguments: # all of these must hold
        amount: { lte: 100 } # at most 100
        currency: { eq: EUR } # exactly this text
    reason: Support may refund up to 100 EUR. # shown with the decision
    remedy: Ask security to widen this rule. # optional`;

const OPERATORS: readonly [string, string][] = [
  ['eq, in: [a, b]', 'the same text, number or true/false'],
  ['lt, lte, gt, gte', 'a number'],
  ['startsWith, endsWith, contains', 'a text; case-sensitive'],
  ['ignoreCase: true', 'beside operators that compare texts'],
  ['matches', 'an RE2 pattern; write ^…$ for the whole text'],
  ['length: { lte: 100 }', 'the characters of a text, the items of an array'],
  ['host: { in: [a.test] }', 'the host of a URL; endsWith: .a.test for all below it'],
  ['domain: { in: [a.test] }', 'the domain of an e-mail address'],
  ['every, some', 'an array; the operators go inside'],
  ['absent', '“matches” or “does not match” when the argument is missing'],
  ['all, any, not', 'conditions joined or turned round'],
];

/** The language of policies in one glance, for those who write it seldom. */
export const RuleHelp = () => (
  <Box
    component="details"
    sx={{ border: 1, borderColor: 'divider', borderRadius: 1, bgcolor: 'background.paper' }}
  >
    <Box component="summary" sx={{ px: 1.5, py: 1, cursor: 'pointer', fontWeight: 600 }}>
      How a rule looks
    </Box>
    <Box sx={{ px: 1.5, pb: 1.25, display: 'grid', gap: 1 }}>
      <Box
        component="pre"
        // It scrolls, so the keyboard must reach it.
        tabIndex={0}
        sx={{ m: 0, overflowX: 'auto', fontFamily: MONOSPACE, fontSize: '0.8rem' }}
      >
        {EXAMPLE}
      </Box>
      <Box component="dl" sx={{ m: 0, display: 'grid', gap: 0.25 }}>
        {OPERATORS.map(([operator, meaning]) => (
          <Operator key={operator} name={operator}>
            {meaning}
          </Operator>
        ))}
      </Box>
      <Box sx={{ color: 'text.secondary' }}>
        Deny beats hold beats allow, whatever the order; what no rule allows is denied. A test of a
        missing argument, or of one of another type, is unknown: allow does not fire on it, deny
        does.
      </Box>
    </Box>
  </Box>
);

const Operator = ({ name, children }: { name: string; children: ReactNode }) => (
  <div>
    <Box component="dt" sx={{ display: 'inline', fontFamily: MONOSPACE, fontSize: '0.92em' }}>
      {name}
    </Box>
    <Box component="dd" sx={{ display: 'inline', ml: 1 }}>
      {children}
    </Box>
  </div>
);
