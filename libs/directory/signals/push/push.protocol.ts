import { statusOf, type Protocol } from '#libs/platform/http';
import { SetError } from '../errors.js';

/** Where transmitters push to: one SET as the body, errors as RFC 8935 §2.3 puts them. */
export const ssfProtocol: Protocol = {
  prefix: '/ssf',
  body: 'text',
  mediaTypes: ['application/secevent+jwt'],
  answer: (thrown, error) => ({
    status:
      thrown instanceof SetError || error.code === 'invalid_input' ? 400 : statusOf(error.code),
    headers: { 'content-type': 'application/json', 'content-language': 'en' },
    body: JSON.stringify({
      err: thrown instanceof SetError ? thrown.err : 'invalid_request',
      description: thrown instanceof SetError ? thrown.message : error.message,
    }),
  }),
};
