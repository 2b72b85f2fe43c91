import { connect } from 'node:net';
import { DomainError } from '#libs/platform/kernel';

const answers = (port: number): Promise<boolean> =>
  new Promise((resolve) => {
    const socket = connect({ port, host: '127.0.0.1' });
    socket.setTimeout(1000, () => socket.destroy());
    socket.once('connect', () => {
      socket.destroy();
      resolve(true);
    });
    socket.once('error', () => resolve(false));
    socket.once('close', () => resolve(false));
  });

/**
 * Says which port is taken before anything is started, rather than failing half-way.
 * @throws DomainError `conflict` naming the port and what to do.
 */
export const assertPortsAreFree = async (ports: readonly number[]): Promise<void> => {
  for (const port of ports) {
    if (!(await answers(port))) continue;
    throw new DomainError(
      'conflict',
      `Port ${port} is in use. End what uses it, or take other ports (four in a row) and another home: ` +
        `GATEHOUSE_HOME=.gatehouse-5000 PORT=5000 npm start`,
    );
  }
};
