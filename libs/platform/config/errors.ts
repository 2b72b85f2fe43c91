/** The settings are wrong: `message` names every variable and what to set it to. */
export class ConfigError extends Error {
  override readonly name = 'ConfigError';
}
