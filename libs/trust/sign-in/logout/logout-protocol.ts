import { statusOf, type Protocol } from '#libs/platform/http';

/** Where the IdPs end sessions: a form in, errors as OAuth puts them (Back-Channel Logout 1.0 §2.5, §2.8). */
export const LOGOUT_PROTOCOL: Protocol = {
  prefix: '/api/sign-in/back-channel-logout',
  body: 'form',
  mediaTypes: ['application/x-www-form-urlencoded'],
  answer: (_thrown, error) => ({
    // What is wrong with the request is always 400 there.
    status: error.code === 'invalid_input' ? 400 : statusOf(error.code),
    headers: { 'content-type': 'application/json' },
    body: JSON.stringify({
      error: error.code === 'unavailable' ? 'temporarily_unavailable' : 'invalid_request',
      error_description: error.message,
    }),
  }),
};
