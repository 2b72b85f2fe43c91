type Environment = Readonly<Record<string, string | undefined>>;
export function ownEnvironment(inherited: Environment): Record<string, string | undefined>;
export function npmEnvironment(inherited: Environment): Record<string, string | undefined>;
