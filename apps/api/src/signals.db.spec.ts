import { createServer, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import type { Type } from '@nestjs/common';
import { SignalIntake, SignalPolling } from '#libs/directory/signals';
import { readEpoch } from '#libs/platform/db';
import { newId } from '#libs/platform/kernel';
import { startIdp, type TestIdp } from '#libs/dev/testing';
import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { SecretBox } from '#libs/platform/secrets';
import { OUTBOUND, type Outbound } from '#libs/engine/upstream';
import { CommandRuntime } from '#libs/engine/commands';
import { answerOf } from './fixtures/answers.js';
import { AUDIENCE, CAEP, SignalSuite, type Set } from './fixtures/signal-suite.fixture.js';
import type { TestApi } from './fixtures/test-api.js';

let suite: SignalSuite;
let gate: TestApi;
let idp: TestIdp;
let issuerId: string;
let personId: string;
let agentId: string;

beforeAll(async () => {
  suite = await SignalSuite.open();
  ({ gate, idp, issuerId } = suite);
});
afterAll(() => suite.close());
beforeEach(async () => {
  await suite.newSubjects();
  ({ personId, agentId } = suite);
});

const subjectOf = async (id: string): Promise<string> => (await suite.nameOf(id)).sub;
const setOf = (set?: Set): Promise<string> => suite.setOf(set);
const push = (token: string, type?: string) => suite.push(token, type);
const revokedBefore = () => suite.revokedBefore();
const stateOf = () => suite.agentState();

describe('a pushed signal', () => {
  it.each([
    ['session-revoked', {}],
    ['credential-change', { credential_type: 'password', change_type: 'update' }],
    ['device-compliance-change', { current_status: 'not-compliant', previous_status: 'compliant' }],
    ['device-compliance-change', { current_status: 'something new' }],
  ])('%s %j takes the access away before it is answered', async (event, payload) => {
    const now = new Date();
    await gate.db.consoleSession.create({
      data: { sid: newId(), sess: { personId }, expire: new Date(Date.now() + 60_000) },
    });
    await gate.db.delegation.create({
      data: {
        id: newId(),
        personId,
        agentId,
        purpose: 'x',
        createdAt: now,
        expiresAt: new Date(Date.now() + 60_000),
      },
    });
    const before = await readEpoch(gate.db);
    const events = { [`${CAEP}${event}`]: payload };
    expect(await push(await setOf({ claims: { events } }))).toMatchObject({ status: 202 });
    expect((await revokedBefore())?.getTime()).toBeGreaterThanOrEqual(now.getTime());
    const sessions = await gate.db.consoleSession.findMany();
    expect(sessions.filter(({ sess }) => JSON.stringify(sess).includes(personId))).toEqual([]);
    expect(await gate.db.delegation.count({ where: { personId, withdrawnAt: null } })).toBe(0);
    expect(await gate.db.alert.count({ where: { subjectId: personId } })).toBe(1);
    expect(await readEpoch(gate.db)).toBeGreaterThan(before);
  });

  it('about an agent suspends it', async () => {
    const claims = { sub_id: { format: 'iss_sub', iss: idp.issuer, sub: agentId } };
    expect(await push(await setOf({ claims }))).toMatchObject({ status: 202 });
    expect(await stateOf()).toBe('suspended');
  });

  it('takes a complex subject by its user', async () => {
    const user = { format: 'iss_sub', iss: idp.issuer, sub: await subjectOf(personId) };
    const claims = { sub_id: { format: 'complex', user, device: { format: 'opaque', id: 'd' } } };
    expect(await push(await setOf({ claims }))).toMatchObject({ status: 202 });
    expect(await revokedBefore()).not.toBeNull();
  });

  it('takes effect once, however often it is delivered', async () => {
    const token = await setOf();
    await push(token);
    const first = await revokedBefore();
    const epoch = await readEpoch(gate.db);
    const again = await Promise.all([push(token), push(token), push(token)]);
    expect(again.map(({ status }) => status)).toEqual([202, 202, 202]);
    expect(await revokedBefore()).toEqual(first);
    expect(await readEpoch(gate.db)).toBe(epoch);
  });

  it('is applied once when it is delivered many times at once', async () => {
    const token = await setOf();
    const answers = await Promise.all(Array.from({ length: 8 }, () => push(token)));
    expect(answers.every(({ status }) => status === 202)).toBe(true);
    expect(await gate.db.alert.count({ where: { subjectId: personId } })).toBe(1);
  });

  it('that a device complies again, or a test of the stream, changes nothing', async () => {
    const events = [
      { [`${CAEP}device-compliance-change`]: { current_status: 'compliant' } },
      { 'https://schemas.openid.net/secevent/ssf/event-type/verification': { state: 'x' } },
    ];
    for (const one of events)
      expect(await push(await setOf({ claims: { events: one } }))).toMatchObject({ status: 202 });
    expect(await revokedBefore()).toBeNull();
  });

  it('about an unknown person is accepted and shown, and changes nothing', async () => {
    const claims = { sub_id: { format: 'iss_sub', iss: idp.issuer, sub: 'nobody-here' } };
    const epoch = await readEpoch(gate.db);
    expect(await push(await setOf({ claims }))).toMatchObject({ status: 202 });
    expect(await readEpoch(gate.db)).toBe(epoch);
    const { body } = await answerOf(
      suite.admin.send('GET', `/api/v1/signal-streams/${suite.streamId}`),
    );
    expect(body['signals']).toContainEqual(expect.objectContaining({ effect: 'unknown_subject' }));
  });

  it('never finds anybody by e-mail, nor speaks for another issuer', async () => {
    const { email } = await gate.db.person.findUniqueOrThrow({ where: { id: personId } });
    const subject = await subjectOf(personId);
    for (const sub_id of [
      { format: 'email', email },
      { format: 'iss_sub', iss: `${idp.issuer}/`, sub: subject },
      { format: 'iss_sub', iss: 'https://other.example.test', sub: subject },
      { format: 'iss_sub', iss: idp.issuer, sub: subject.toUpperCase() },
    ])
      expect(await push(await setOf({ claims: { sub_id } }))).toMatchObject({ status: 202 });
    expect(await revokedBefore()).toBeNull();
  });
});

describe('a token that is no good signal', () => {
  it.each<[string, Set, string]>([
    ['another type', { header: { typ: 'JWT' } }, 'invalid_request'],
    ['an access token', { header: { typ: 'at+jwt' } }, 'invalid_request'],
    ['a logout token', { header: { typ: 'logout+jwt' } }, 'invalid_request'],
    ['another issuer', { claims: { iss: 'https://other.example.test' } }, 'invalid_issuer'],
    ['another audience', { claims: { aud: 'https://other.example.test' } }, 'invalid_audience'],
    ['a part of our audience', { claims: { aud: AUDIENCE.slice(0, -1) } }, 'invalid_audience'],
    ['an unknown key', { header: { kid: 'none' } }, 'invalid_key'],
    ['no jti', { drop: ['jti'] }, 'invalid_request'],
    ['no iat', { drop: ['iat'] }, 'invalid_request'],
    ['no events', { drop: ['events'] }, 'invalid_request'],
    ['no sub_id', { drop: ['sub_id'] }, 'invalid_request'],
    ['a sub', { claims: { sub: 'x' } }, 'invalid_request'],
    ['an exp', { claims: { exp: Math.floor(Date.now() / 1000) + 60 } }, 'invalid_request'],
    [
      'events that are a list',
      { claims: { events: [`${CAEP}session-revoked`] } },
      'invalid_request',
    ],
    ['no event at all', { claims: { events: {} } }, 'invalid_request'],
    [
      'two events',
      { claims: { events: { [`${CAEP}session-revoked`]: {}, [`${CAEP}credential-change`]: {} } } },
      'invalid_request',
    ],
    [
      'an unknown event',
      { claims: { events: { [`${CAEP}session-revoke`]: {} } } },
      'invalid_request',
    ],
    ['a time to come', { claims: { iat: Math.floor(Date.now() / 1000) + 600 } }, 'invalid_request'],
    ['a time long ago', { claims: { iat: 1_600_000_000 } }, 'invalid_request'],
    ['a NUL character', { claims: { jti: 'a\0b' } }, 'invalid_request'],
  ])('is rejected: %s', async (_, change, err) => {
    const answer = await push(await setOf(change));
    expect(answer).toMatchObject({ status: 400, err });
    expect(answer.description).toMatch(/\.$/);
    expect(await revokedBefore()).toBeNull();
  });

  it('is rejected: signed by somebody else under the same key id', async () => {
    const other = await startIdp();
    const answer = await push(await setOf({ key: other.privateKey }));
    await other.stop();
    expect(answer).toMatchObject({ status: 400, err: 'authentication_failed' });
  });

  it('is rejected: changed by one character anywhere', async () => {
    const token = await setOf();
    for (let at = 0; at < token.length; at += 23) {
      if (token[at] === '.') continue;
      const changed = token.slice(0, at) + (token[at] === 'A' ? 'B' : 'A') + token.slice(at + 1);
      expect((await push(changed)).status).toBe(400);
    }
    expect(await revokedBefore()).toBeNull();
  });

  it.each([
    ['', 'application/secevent+jwt', 400],
    ['not a token', 'application/secevent+jwt', 400],
    ['a.b.c', 'application/secevent+jwt', 400],
    ['a'.repeat(16_000), 'application/secevent+jwt', 400],
    ['a'.repeat(20_000), 'application/secevent+jwt', 413],
    ['{}', 'application/json', 415],
  ])('is rejected in the standard’s form: %.20j as %s', async (body, type, status) => {
    expect(await push(body, type)).toMatchObject({ status, err: 'invalid_request' });
  });
});

describe('a stream', () => {
  it('that was retired is not taken any more', async () => {
    const body = { issuerId, audience: `${AUDIENCE}/other`, delivery: 'push' };
    const made = await answerOf(suite.admin.write('POST', '/api/v1/signal-streams', body));
    const path = `/api/v1/signal-streams/${String(made.body['id'])}`;
    const token = () => setOf({ claims: { aud: `${AUDIENCE}/other` } });
    expect(await push(await token())).toMatchObject({ status: 202 });
    const retire = await suite.admin.write('POST', `${path}/retire`, { reason: 'moved elsewhere' });
    expect(retire.status).toBe(200);
    expect(await push(await token())).toMatchObject({ status: 400, err: 'invalid_audience' });
  });

  it.each([
    ['a poll without a token', { delivery: 'poll', pollUrl: 'https://t.example.test/poll' }, 400],
    ['a push with an address', { delivery: 'push', pollUrl: 'https://t.example.test/poll' }, 400],
    ['the same audience again', { delivery: 'push', audience: AUDIENCE }, 409],
    ['an issuer that is not trusted', { delivery: 'push', issuerId: newId() }, 400],
    [
      'a metadata address',
      { delivery: 'poll', pollUrl: 'http://169.254.169.254/', pollToken: 't' },
      400,
    ],
  ])('is rejected with %s', async (_, change, status) => {
    const body = { issuerId, audience: newId(), ...change };
    expect((await suite.admin.write('POST', '/api/v1/signal-streams', body)).status).toBe(status);
  });
});

describe('a polled stream', () => {
  const POLL_TOKEN = 'c4n4ry-poll-token';
  let server: Server;
  let waiting: Map<string, string>;
  let asked: { authorization: string | undefined; body: { ack: string[]; setErrs: object } }[];
  let answer: 'well' | 'error';
  let pollId: string;

  beforeAll(async () => {
    server = createServer((request, response) => {
      const chunks: Buffer[] = [];
      request.on('data', (chunk: Buffer) => chunks.push(chunk));
      request.on('end', () => {
        const body = JSON.parse(Buffer.concat(chunks).toString()) as (typeof asked)[number]['body'];
        asked.push({ authorization: request.headers.authorization, body });
        if (answer === 'error') return void response.writeHead(503).end();
        for (const jti of [...body.ack, ...Object.keys(body.setErrs)]) waiting.delete(jti);
        response.writeHead(200, { 'content-type': 'application/json' });
        const [next] = [...waiting];
        const sets = Object.fromEntries(next === undefined ? [] : [next]);
        response.end(JSON.stringify({ sets, moreAvailable: waiting.size > 1 }));
      });
    });
    await new Promise<void>((resolve) => void server.listen(0, '127.0.0.1', resolve));
    const pollUrl = `http://127.0.0.1:${(server.address() as AddressInfo).port}/poll`;
    const body = { issuerId, audience: `${AUDIENCE}/poll`, delivery: 'poll', pollUrl };
    const made = await answerOf(
      suite.admin.write('POST', '/api/v1/signal-streams', { ...body, pollToken: POLL_TOKEN }),
    );
    if (made.status !== 201) throw new Error(made.text);
    pollId = String(made.body['id']);
  });
  afterAll(() => void server.close());
  beforeEach(() => {
    [waiting, asked, answer] = [new Map<string, string>(), [], 'well'];
  });

  const poll = async () => {
    const of = <T>(token: Type<T> | symbol): T => gate.api.app.get<T>(token, { strict: false });
    const outbound = of<Outbound>(OUTBOUND);
    const intake = of(SignalIntake);
    await new SignalPolling(gate.db, of(CommandRuntime), intake, of(SecretBox), outbound).pollAll();
  };

  it('is emptied, done, and only then acknowledged, with what was not good told apart', async () => {
    const claims = { aud: `${AUDIENCE}/poll` };
    waiting.set('good', await setOf({ claims: { ...claims, jti: 'good' } }));
    waiting.set('bad', await setOf({ claims: { ...claims, jti: 'bad' }, header: { typ: 'JWT' } }));
    // A transmitter may deliver only this stream's tokens over it.
    waiting.set('other', await setOf());
    await poll();
    expect(await revokedBefore()).not.toBeNull();
    expect(waiting.size).toBe(0);
    expect(asked.flatMap(({ body }) => body.ack)).toEqual(['good']);
    expect(asked.flatMap(({ body }) => Object.keys(body.setErrs))).toEqual(['bad', 'other']);
    expect(new Set(asked.map(({ authorization }) => authorization))).toEqual(
      new Set([`Bearer ${POLL_TOKEN}`]),
    );
  });

  it('whose transmitter is down says so, and not a word of the token', async () => {
    answer = 'error';
    await poll();
    const { text, body } = await answerOf(
      suite.admin.send('GET', `/api/v1/signal-streams/${pollId}`),
    );
    expect(body['lastError']).toMatch(/status 503/);
    expect(text).not.toContain(POLL_TOKEN);
    answer = 'well';
    await poll();
    const again = await answerOf(suite.admin.send('GET', `/api/v1/signal-streams/${pollId}`));
    expect(again.body['lastError']).toBeNull();
  });
});
