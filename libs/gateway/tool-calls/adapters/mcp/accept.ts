import type { HttpRequest } from '../../http.js';

const JSON_RANGES: ReadonlySet<string> = new Set(['application/json', 'application/*', '*/*']);
const NAMED_EVENT_RANGES: ReadonlySet<string> = new Set(['text/event-stream', 'text/*']);
const EVENT_RANGES: ReadonlySet<string> = new Set([...NAMED_EVENT_RANGES, '*/*']);

/** Whether the caller takes an answer in JSON. */
export const acceptsJson = ({ headers: { accept } }: HttpRequest): boolean =>
  accept === undefined || accepts(accept, JSON_RANGES);

/** Whether the caller takes a stream of events. */
export const acceptsEvents = ({ headers: { accept } }: HttpRequest): boolean =>
  accept === undefined || accepts(accept, EVENT_RANGES);

/** Whether the caller names events among what it takes: who takes anything expects one answer. */
export const namesEvents = ({ headers: { accept } }: HttpRequest): boolean =>
  accept !== undefined && accepts(accept, NAMED_EVENT_RANGES);

const accepts = (accept: string, ranges: ReadonlySet<string>): boolean =>
  accept.split(',').some((range) => {
    const [type = '', ...parameters] = range.split(';').map((part) => part.trim().toLowerCase());
    return ranges.has(type) && !parameters.some((parameter) => /^q=0(\.0*)?$/.test(parameter));
  });
