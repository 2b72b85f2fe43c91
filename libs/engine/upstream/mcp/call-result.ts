import { isExactObject, type ExactJson, type ExactObject } from '#libs/platform/kernel';
import { z } from 'zod';

import { UpstreamError } from '../errors.js';
import { textResult, type UpstreamResult } from '../upstream-result.js';
import type { RpcError, RpcOutcome } from './json-rpc.js';

/** Rejections of our own way of asking: the tool was never reached, and the caller can do nothing about it. */
const PROTOCOL_REJECTIONS = new Set([-32700, -32600, -32601, -32020, -32022]);

// Passed on as they are: a copy by zod would lose what is no plain JSON.
const jsonObject = z.custom<ExactObject>(isExactObject);
const anyJson = z.custom<ExactJson>(() => true);
const block = z.looseObject({ type: z.string().min(1).max(100) });

const callResultSchema = z.looseObject({
  content: z.array(block).max(10_000).default([]),
  structuredContent: anyJson.optional(),
  isError: z.boolean().default(false),
  resultType: z.string().default('complete'), // absent before 2026-07-28
  _meta: jsonObject.optional(),
});

/**
 * The result of a tools/call. A JSON-RPC error is the tool server's own word on this call (wrong arguments, a
 * capability that the caller lacks, a crash inside): it is kept as it came, beside a text of it. The exception
 * are rejections of the protocol, which concern Gatehouse and not the agent: an {@link UpstreamError} whose
 * effect is `none`.
 */
export const callResultOf = (outcome: RpcOutcome): UpstreamResult => {
  if ('error' in outcome) return resultOfError(outcome.error);
  const parsed = callResultSchema.safeParse(outcome.result);
  if (!parsed.success) throw malformed('a result that is not a tool result');
  const { content, structuredContent, isError, resultType, _meta: meta } = parsed.data;
  if (resultType === 'input_required')
    return textResult('The tool asked for further input, which Gatehouse does not pass on.', true);
  if (resultType !== 'complete') throw malformed('a kind of result that Gatehouse does not know');
  const blocks = content as ExactObject[];
  return {
    content: blocks,
    ...(structuredContent === undefined ? {} : { structuredContent }),
    isError,
    ...(meta === undefined ? {} : { meta }),
  };
};

const resultOfError = (error: RpcError): UpstreamResult => {
  const { code, message } = error;
  if (PROTOCOL_REJECTIONS.has(code))
    throw new UpstreamError(
      'upstream_failed',
      `The tool server rejected the request itself (JSON-RPC ${String(code)}).`,
      'none',
    );
  return {
    ...textResult(`The tool server answered with error ${String(code)}: ${message}`, true),
    error,
  };
};

const malformed = (what: string): UpstreamError =>
  new UpstreamError('upstream_failed', `The tool server answered with ${what}.`, 'unknown');
