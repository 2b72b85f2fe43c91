import { DomainError } from '#libs/platform/kernel';
import { agentClientSecret, localSecrets } from '#libs/dev/local';
import { request } from 'undici';
import { z } from 'zod';
import { localStart } from './local-start.js';

const answerSchema = z.object({ access_token: z.string() });

/** `gatehouse token --agent NAME`: asks the sandbox's IdP for the agent's token, as the agent would. */
export const agentToken = async (agent: string): Promise<string> => {
  const { home, start } = localStart();
  if (agent === start.people?.agent)
    throw new DomainError(
      'invalid_input',
      `${agent} has no token of its own: it acts for the person who signs in with it. ` +
        `Use --person ACCOUNT, for example --person office@example.test: that is ${agent}'s token for them.`,
    );
  const credentials = `${agent}:${agentClientSecret(localSecrets(home), agent)}`;
  const answer = await request(`${start.issuer}/token`, {
    method: 'POST',
    headers: {
      authorization: `Basic ${Buffer.from(credentials).toString('base64')}`,
      'content-type': 'application/x-www-form-urlencoded',
    },
    body: new URLSearchParams({
      grant_type: 'client_credentials',
      resource: start.audience,
    }).toString(),
  }).catch((cause: unknown) => {
    throw new DomainError('unavailable', 'The sandbox does not answer: is npm start running?', {
      cause,
    });
  });
  const body = answerSchema.safeParse(await answer.body.json());
  if (body.success) return body.data.access_token;
  throw new DomainError('forbidden', `The sandbox's IdP knows no agent named ${agent}.`);
};
