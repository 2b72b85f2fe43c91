import { invalidInput } from './command-errors.js';
import type { AnySpec } from './command-spec.js';
import { assertStorable } from './storable.js';

/** The input by the command's schema. @throws DomainError `invalid_input` */
export const parseInput = async ({ input }: AnySpec, rawInput: unknown): Promise<unknown> => {
  const parsed = await input.safeParseAsync(rawInput);
  if (!parsed.success) throw invalidInput(parsed.error);
  assertStorable(parsed.data);
  return parsed.data;
};

/** The id of what the input is about; null when it comes into being. */
export const subjectIdOf = (spec: AnySpec, input: unknown): string | null => {
  if (spec.subjectId !== undefined) return spec.subjectId(input);
  return (input as { id?: string }).id ?? null;
};
