import { visibleText } from '../../shared/format.js';
import { isObject } from '../../shared/is-object.js';

/** One argument as a reader wants to see it. */
export interface SchemaProperty {
  path: string;
  type: string;
  isRequired: boolean;
  limits: string;
  description: string | null;
}

type Schema = Record<string, unknown>;

const MAX_DEPTH = 4;
const MAX_ROWS = 100;
const LIMITS = [
  'enum',
  'const',
  'default',
  'format',
  'pattern',
  'minimum',
  'maximum',
  'exclusiveMinimum',
  'exclusiveMaximum',
  'multipleOf',
  'minLength',
  'maxLength',
  'minItems',
  'maxItems',
  'uniqueItems',
] as const;

/** The arguments that a JSON Schema describes, nested ones by their path. */
export function schemaProperties(schema: Schema): SchemaProperty[] {
  const rows: SchemaProperty[] = [];
  collect(schema, '', 1, rows);
  return rows;
}

function collect(schema: Schema, prefix: string, depth: number, rows: SchemaProperty[]): void {
  const properties = isObject(schema['properties']) ? schema['properties'] : {};
  const required = Array.isArray(schema['required']) ? schema['required'] : [];
  for (const [name, property] of Object.entries(properties)) {
    if (rows.length >= MAX_ROWS || !isObject(property)) continue;
    const path = `${prefix}${visibleText(name)}`;
    rows.push({
      path,
      type: formatType(property),
      isRequired: required.includes(name),
      limits: formatLimits(property),
      description: typeof property['description'] === 'string' ? property['description'] : null,
    });
    if (depth >= MAX_DEPTH) continue;
    collect(property, `${path}.`, depth + 1, rows);
    if (isObject(property['items'])) collect(property['items'], `${path}[].`, depth + 1, rows);
  }
}

function formatType(schema: Schema): string {
  const { type, items } = schema as { type?: unknown; items?: unknown };
  if (type === 'array') return `list of ${isObject(items) ? formatType(items) : 'anything'}`;
  if (typeof type === 'string') return visibleText(type);
  if (Array.isArray(type)) return type.map(String).map(visibleText).join(' or ');
  return 'enum' in schema || 'const' in schema ? 'one of its values' : 'anything';
}

const formatLimits = (schema: Schema): string =>
  LIMITS.filter((limit) => schema[limit] !== undefined)
    .map((limit) => `${limit} ${visibleText(JSON.stringify(schema[limit]))}`)
    .join(', ');
