import {
  isExactObject,
  type ExactJson,
  type ExactObject,
  type JsonObject,
} from '#libs/platform/kernel';
import type { CallEnd } from '../../call-end.js';
import type { ToolCallContext } from '../../tool-call-context.js';
import type { CallError } from '../../errors.js';
import { ERROR_META, type Era } from './protocol.js';

/** What the model of a denied call is told. */
export const deniedResult = ({ decision: { reason, remedy } }: ToolCallContext): JsonObject => ({
  content: [text(['Denied.', reason, remedy].filter(Boolean).join(' '))],
  isError: true,
});

/** How a forwarded call ended, and what its tool said. */
export const endedResult = (end: CallEnd, era: Era | undefined): ExactObject => {
  if (!('result' in end)) {
    const warning =
      end.outcome === 'upstream_error'
        ? 'The tool did not run.'
        : 'It may have taken effect: look at the tool server before you call again.';
    return { content: [text(`${end.message} ${warning}`)], isError: true };
  }
  const { content, structuredContent, isError } = end.result;
  return { ...withStructured([...content], structuredContent, era), isError };
};

/** What was wrong with a call that was not evaluated, where its model can mend that. */
export const rejectedResult = (
  { code, message, details }: CallError,
  { callId }: ToolCallContext,
): JsonObject => {
  const problems = (details.problems ?? []).map(({ path, message: what }) => ({
    path,
    message: what,
  }));
  const lines = problems.map(
    ({ path, message: what }) => `- ${path === '' ? 'arguments' : path}: ${what}`,
  );
  return {
    content: [text([message, ...lines].join('\n'))],
    isError: true,
    _meta: { [ERROR_META]: { callId, code, problems } },
  };
};

// 2026-07-28 allows any JSON as structured content; older clients know objects only, others get text.
const withStructured = (
  content: ExactObject[],
  structured: ExactJson | undefined,
  era: Era | undefined,
): ExactObject => {
  if (structured === undefined) return { content };
  if (era === 'modern' || isExactObject(structured))
    return { content, structuredContent: structured };
  return content.some(({ type }) => type === 'text')
    ? { content }
    : { content: [...content, { type: 'text', text: JSON.stringify(structured) }] };
};

const text = (value: string): JsonObject => ({ type: 'text', text: value });
