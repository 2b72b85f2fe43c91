/** A sealed secret cannot be opened: another master key, another place, or it was changed. */
export class SecretUnreadableError extends Error {
  override readonly name = 'SecretUnreadableError';
}
