// Preloaded into the example MCP server. It would listen on every interface and outlive a parent that
// was killed: here it listens on the loopback address only, and ends when its parent's pipe closes.
import { Server } from 'node:net';

const { prototype } = Server;
const original = Object.getOwnPropertyDescriptor(prototype, 'listen').value;
prototype.listen = function listenOnLoopback(port, ...rest) {
  const callback = rest.find((argument) => typeof argument === 'function');
  return original.call(this, { port: Number(port), host: '127.0.0.1' }, callback);
};

process.stdin.on('close', () => process.exit(0));
process.stdin.on('error', () => process.exit(0));
process.stdin.resume();
