import { isObject, unmarkNumbers, type ExactJson, type Json } from '#libs/platform/kernel';

/** The fields of a definition, as both the pinned and the offered one have them. */
interface Definition {
  readonly title: string | null;
  readonly description: string | null;
  readonly inputSchema: unknown;
  readonly outputSchema: unknown;
  readonly annotations: unknown;
  readonly otherFields: unknown;
  readonly operation: unknown;
}

/** One field that differs; null: the definition does not have it. */
export interface FieldDifference {
  field: string;
  pinned: ExactJson;
  offered: ExactJson;
}

/** In which fields an offered definition differs from the pinned one; each other field is one of its own. */
export const differenceOf = (pinned: Definition, offered: unknown): FieldDifference[] => {
  if (!isObject(offered)) return [];
  const [before, after] = [fieldsOf(pinned), fieldsOf(offered as unknown as Definition)];
  return [...new Set([...before.keys(), ...after.keys()])].flatMap((field) => {
    const [from, to] = [before.get(field) ?? null, after.get(field) ?? null];
    // Both come from JSON columns, which write equal values alike.
    if (JSON.stringify(from) === JSON.stringify(to)) return [];
    return [{ field, pinned: unmarkNumbers(from), offered: unmarkNumbers(to) }];
  });
};

const fieldsOf = (definition: Definition): Map<string, Json> => {
  const { title, description, inputSchema, outputSchema, annotations, otherFields, operation } =
    definition;
  const fields = { title, description, inputSchema, outputSchema, annotations, operation };
  return new Map(
    Object.entries({ ...fields, ...(isObject(otherFields) ? otherFields : {}) }) as [
      string,
      Json,
    ][],
  );
};
