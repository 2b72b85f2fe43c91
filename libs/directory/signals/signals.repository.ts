import { changeOf } from '#libs/engine/commands';
import type { Tx } from '#libs/platform/db';
import { DomainError } from '#libs/platform/kernel';

/** A stream as commands need it, its row held. */
export interface LoadedStream {
  id: string;
  name: string;
  enabled: boolean;
  delivery: 'push' | 'poll';
  /** Its issuer is trusted to name people by their e-mail addresses. */
  namesByEmail: boolean;
}

/** Loads a stream and holds its row. */
export const lockStream = async (tx: Tx, id: string): Promise<LoadedStream | null> => {
  await tx.$queryRaw`SELECT 1 FROM signal_stream WHERE id = ${id}::uuid FOR UPDATE`;
  const row = await tx.signalStream.findUnique({
    where: { id },
    include: { issuer: { select: { name: true, signalsByEmail: true } } },
  });
  return row && { ...row, name: row.issuer.name, namesByEmail: row.issuer.signalsByEmail };
};

/** The trusted issuer a stream is of; throws when it is none. */
export const streamIssuer = async (tx: Tx, issuerId: string): Promise<{ name: string }> => {
  const issuer = await tx.issuer.findUnique({ where: { id: issuerId, retiredAt: null } });
  if (issuer !== null) return issuer;
  throw new DomainError(
    'invalid_input',
    'Choose one of the trusted issuers: its keys sign the signals.',
    {
      problems: [{ path: 'issuerId', message: 'is no trusted issuer' }],
    },
  );
};

/** Where a stream's poll token belongs, for libs/platform/secrets. */
export const pollTokenContext = (streamId: string): string => `signal-stream:${streamId}`;

/** A change of one stream: its row is held while it is made. */
export const changeOfStream = changeOf('SignalStream', ({ tx }, id) => lockStream(tx, id));
