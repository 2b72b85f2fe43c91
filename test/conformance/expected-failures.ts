import type { Revision } from './suite.js';

type Failures = Record<string, string>;

const becauseOf = (reason: string, ...scenarios: string[]): Failures =>
  Object.fromEntries(scenarios.map((scenario) => [scenario, reason]));

const RESOURCES = becauseOf(
  'The gateway offers no resources yet.',
  'resources-list',
  'resources-read-binary',
  'resources-read-text',
  'resources-templates-read',
);
const PROMPTS = becauseOf(
  'The gateway offers no prompts yet.',
  'prompts-get-embedded-resource',
  'prompts-get-simple',
  'prompts-get-with-args',
  'prompts-get-with-image',
  'prompts-list',
);
const COMPLETION = becauseOf('The gateway completes nothing yet.', 'completion-complete');

/** Scenarios that do not pass through the gateway yet, and why. One that passes is to leave this list. */
export const EXPECTED_FAILURES: Record<Revision, Failures> = {
  '2025-11-25': {
    ...RESOURCES,
    ...PROMPTS,
    ...COMPLETION,
    ...becauseOf(
      'The gateway passes on no subscriptions yet.',
      'resources-subscribe',
      'resources-unsubscribe',
    ),
    ...becauseOf(
      'No request of a tool server reaches the client yet.',
      'elicitation-sep1034-defaults',
      'elicitation-sep1330-enums',
      'tools-call-elicitation',
      'tools-call-sampling',
    ),
    ...becauseOf(
      'No log message reaches the client yet.',
      'logging-set-level',
      'tools-call-with-logging',
    ),
    ...becauseOf(
      'A call is answered as JSON, not as a stream that can be resumed.',
      'server-sse-multiple-streams',
      'server-sse-polling',
    ),
  },
  '2026-07-28': {
    ...RESOURCES,
    ...PROMPTS,
    ...COMPLETION,
    ...becauseOf(
      'The gateway offers neither resources nor prompts yet.',
      'caching',
      'sep-2164-resource-not-found',
    ),
    ...becauseOf(
      'The gateway passes on no rounds of input yet.',
      'input-required-result-basic-elicitation',
      'input-required-result-basic-list-roots',
      'input-required-result-basic-sampling',
      'input-required-result-capability-check',
      'input-required-result-ignore-extra-params',
      'input-required-result-missing-input-response',
      'input-required-result-multi-round',
      'input-required-result-multiple-input-requests',
      'input-required-result-non-tool-request',
      'input-required-result-request-state',
      'input-required-result-result-type',
      'input-required-result-tampered-state',
    ),
    ...becauseOf('The gateway has no `subscriptions/listen` yet.', 'server-stateless'),
  },
};
