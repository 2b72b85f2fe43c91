import { once } from 'node:events';
import { type AddressInfo, createServer, type Server, type Socket } from 'node:net';

import { afterEach, describe, expect, it } from 'vitest';

import { LOOPBACK } from '../fixtures/spec-server.js';
import { readText } from './answer-reader.js';
import { createOutbound, type Outbound } from './outbound.js';

const servers: Server[] = [];
const outbounds: Outbound[] = [];
afterEach(async () => {
  await Promise.all(outbounds.splice(0).map((each) => each.close()));
  for (const server of servers.splice(0)) server.close();
});

/** A server that answers each request with these pieces, one write a piece. */
const answering = async (...pieces: string[]) => {
  let connections = 0;
  const answer = async (socket: Socket): Promise<void> => {
    for (const piece of pieces) {
      socket.write(piece, 'latin1');
      await new Promise((resolve) => setTimeout(resolve, 1));
    }
  };
  const server = createServer((socket) => {
    connections += 1;
    socket.setNoDelay();
    socket.on('data', () => void answer(socket)).on('error', () => undefined);
  });
  servers.push(server);
  await once(server.listen(0, '127.0.0.1'), 'listening');
  const outbound = createOutbound({ allow: LOOPBACK });
  outbounds.push(outbound);
  const url = new URL(`http://127.0.0.1:${String((server.address() as AddressInfo).port)}/`);
  const post = { url, method: 'POST', headers: {}, body: '{}', timeoutMs: 3000 };
  return {
    ask: () =>
      outbound.send(post, (head) => readText(head, (text) => ({ status: head.status, text }))),
    connections: () => connections,
  };
};

const OK = 'HTTP/1.1 200 OK\r\nContent-Length: 2\r\n\r\nok';
const CONTINUE = 'HTTP/1.1 100 Continue\r\n\r\n';
const EARLY = 'HTTP/1.1 103 Early Hints\r\nLink: </a>\r\n\r\n';
const PROCESSING = 'HTTP/1.1 102 Processing\r\n\r\n';

describe('an interim answer', () => {
  it.each<[string, string[]]>([
    ['100', [CONTINUE, OK]],
    ['102', [PROCESSING, OK]],
    ['103', [EARLY, OK]],
    ['several', [CONTINUE + PROCESSING + EARLY + CONTINUE, OK]],
    ['with the final one in one piece', [CONTINUE + EARLY + OK]],
    ['one byte at a time', Array.from(CONTINUE + OK)],
    ['100 with headers and no phrase', ['HTTP/1.1 100 \r\nX-A: b\r\n', '\r\n' + OK]],
  ])('is skipped, and the connection stays in use: %s', async (_, pieces) => {
    const { ask, connections } = await answering(...pieces);
    for (let call = 0; call < 6; call += 1)
      expect(await ask()).toEqual({ status: 200, text: 'ok' });
    // A call that follows at once may find its connection not yet given back.
    expect(connections()).toBeLessThan(3);
  });

  it('is only what comes before an answer: the same bytes in its body are passed on', async () => {
    const length = String(CONTINUE.length * 2);
    const { ask } = await answering(`HTTP/1.1 200 OK\r\nContent-Length: ${length}\r\n\r\n`, CONTINUE, CONTINUE); // prettier-ignore
    expect(await ask()).toEqual({ status: 200, text: CONTINUE + CONTINUE });
    expect(await ask()).toEqual({ status: 200, text: CONTINUE + CONTINUE });
  });

  it('is no answer by itself', async () => {
    await expect((await answering('HTTP/1.1 101 Switching\r\nUpgrade: x\r\nConnection: upgrade\r\n\r\n', OK)).ask()).rejects.toMatchObject({ code: 'upstream_failed', effect: 'unknown' }); // prettier-ignore
  });
});

describe('an answer whose end is in doubt is rejected (G12)', () => {
  const chunks = '2\r\nok\r\n0\r\n\r\n';

  it.each<[string, string]>([
    ['a coding before chunks', `Transfer-Encoding: identity, chunked\r\n\r\n${chunks}`],
    ['compressed chunks', `Transfer-Encoding: gzip, chunked\r\n\r\n${chunks}`],
    ['two codings in two headers', `Transfer-Encoding: identity\r\nTransfer-Encoding: chunked\r\n\r\n${chunks}`],
    ['a length and chunks', `Content-Length: 2\r\nTransfer-Encoding: chunked\r\n\r\n${chunks}`],
    ['chunks and a length', `Transfer-Encoding: chunked\r\nContent-Length: 2\r\n\r\n${chunks}`],
    ['two lengths', 'Content-Length: 2\r\nContent-Length: 3\r\n\r\nok'],
    ['a folded header', 'Content-Length: 2\r\nX-A: b\r\n c\r\n\r\nok'],
    ['a bare line feed', 'Content-Length: 2\nX-A: b\r\n\r\nok'],
    ['a space before the colon', 'Content-Length : 2\r\n\r\nok'],
  ])('%s', async (_, rest) => {
    const { ask } = await answering(`HTTP/1.1 200 OK\r\n${rest}`);
    await expect(ask()).rejects.toMatchObject({ code: 'upstream_failed', effect: 'unknown' });
  }); // prettier-ignore

  it('and one in chunks is not', async () => {
    const { ask } = await answering(`HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\n${chunks}`); // prettier-ignore
    expect(await ask()).toEqual({ status: 200, text: 'ok' });
  });
});
