export function explain(error: unknown): string | undefined;
