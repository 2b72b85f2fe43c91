import type { IncomingHttpHeaders } from 'node:http';
import { isObject, type Json } from '#libs/platform/kernel';
import type { RequestedCall } from '../../tool-call-context.js';
import { CallError } from '../../errors.js';
import { readStrictJson } from '../../strict-json.js';

const MEMBERS = ['server', 'tool', 'arguments', 'onBehalfOf'];
const MEMBERS_TO_COME = ['dryRun'];
const MAX_SERVER_LENGTH = 24;
const MAX_TOOL_LENGTH = 256;
const MAX_PROOF_LENGTH = 8_192;

/** Reads the body of `POST /v1/tool-calls`; what is not understood is rejected, never ignored. */
export const readRestCall = (headers: IncomingHttpHeaders, body: Uint8Array): RequestedCall => {
  if (headers['idempotency-key'] !== undefined) throw notSupportedYet('The header Idempotency-Key');
  const value = readStrictJson(body);
  if (!isObject(value)) throw invalid('', 'must be an object with server, tool and arguments');
  const names = Object.keys(value);
  const toCome = MEMBERS_TO_COME.find((name) => names.includes(name));
  if (toCome !== undefined) throw notSupportedYet(`The member ${toCome}`);
  if (names.some((name) => !MEMBERS.includes(name)))
    throw invalid('', `may only have the members ${MEMBERS.join(', ')}`);
  const { server, tool, onBehalfOf = null } = value;
  const args = value['arguments'] ?? {};
  if (!isName(server, MAX_SERVER_LENGTH))
    throw invalid('server', 'must be the name of a tool server');
  if (!isName(tool, MAX_TOOL_LENGTH))
    throw invalid('tool', 'must be the name of a tool on that server');
  if (!isObject(args)) throw invalid('arguments', 'must be an object');
  if (onBehalfOf !== null && !isName(onBehalfOf, MAX_PROOF_LENGTH))
    throw invalid('onBehalfOf', 'must be a signed token about a person, or the id of a delegation');
  return { server, tool, arguments: args, onBehalfOf };
};

const isName = (value: Json | undefined, maxLength: number): value is string =>
  typeof value === 'string' && value !== '' && value.length <= maxLength;

const invalid = (path: string, message: string): CallError =>
  new CallError(
    'invalid_request',
    `The body ${path === '' ? message : `is wrong: ${path} ${message}`}.`,
    {
      reason: 'bad_call',
      problems: [{ path, message }],
    },
  );

const notSupportedYet = (what: string): CallError =>
  new CallError(
    'not_supported',
    `${what} is not supported in this version, and leaving it out would change what is asked. Send the call without it.`,
  );
