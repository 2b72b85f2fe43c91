// docs/api-reference.md from the OpenAPI document: for people, in the order of the alphabet.

const METHODS = ['get', 'post', 'put', 'patch', 'delete'];
// JavaScript's greatest safe integer says no more than "integer".
const MAX_INTEGER = Number.MAX_SAFE_INTEGER;

const byName = ([left], [right]) => (left < right ? -1 : left > right ? 1 : 0);
const sorted = (record = {}) => Object.entries(record).toSorted(byName);
const code = (text) => `\`${text}\``;
const cell = (text) => text.replaceAll('|', String.raw`\|`).replaceAll('\n', ' ');
const anchor = (heading) =>
  heading
    .toLowerCase()
    .replaceAll(/[^\w -]/g, '')
    .replaceAll(' ', '-');
const nameOf = (ref) => ref.slice(ref.lastIndexOf('/') + 1);
const linkTo = (name) => `[${name}](#${anchor(`Schema ${name}`)})`;

const table = (heads, rows) =>
  [heads, heads.map(() => '---'), ...rows]
    .map((row) => `| ${row.map(cell).join(' | ')} |`)
    .join('\n');

const range = (least, most, unit) => {
  if (least === undefined && most === undefined) return [];
  if (least === undefined) return [`at most ${most}${unit}`];
  if (most === undefined) return [`at least ${least}${unit}`];
  return [least === most ? `exactly ${least}${unit}` : `${least} to ${most}${unit}`];
};

const bounds = (schema) => {
  const most = schema.maximum === MAX_INTEGER ? undefined : schema.maximum;
  const least = schema.minimum === -MAX_INTEGER ? undefined : schema.minimum;
  return [
    ...(schema.format === undefined ? [] : [schema.format]),
    ...range(least, most, ''),
    ...range(schema.minLength, schema.maxLength, ' characters'),
    ...range(schema.minItems, schema.maxItems, ' items'),
  ];
};

/** What values a schema takes, in one line. */
function typeOf(schema) {
  if (schema.$ref !== undefined) return linkTo(nameOf(schema.$ref));
  if (schema.const !== undefined) return code(JSON.stringify(schema.const));
  if (schema.enum !== undefined) return schema.enum.map((value) => code(value)).join(', ');
  const choices = schema.anyOf ?? schema.oneOf;
  if (choices !== undefined) return [...new Set(choices.map(typeOf))].join(' or ');
  if (schema.allOf !== undefined) return schema.allOf.map(typeOf).join(' and ');
  const limits = bounds(schema);
  const plain = plainTypeOf(schema);
  return limits.length === 0 ? plain : `${plain} (${limits.join(', ')})`;
}

function plainTypeOf({ type, items, prefixItems, additionalProperties: values }) {
  if (type === 'array') {
    if (prefixItems !== undefined) return `array of [${prefixItems.map(typeOf).join(', ')}]`;
    return `array of ${typeOf(items ?? {})}`;
  }
  if (type === 'object' && typeof values === 'object') return `object of ${typeOf(values)}`;
  return type === undefined ? 'any JSON' : [type].flat().join(' or ');
}

/** The objects whose members get rows of their own: the schema itself, an array's items, each choice. */
function objectsOf(schema) {
  if (schema.properties !== undefined) return [['', schema]];
  if (schema.type === 'array') {
    return objectsOf(schema.items || {}).map(([path, inner]) => [`[]${path}`, inner]);
  }
  return (schema.anyOf ?? schema.oneOf ?? schema.allOf ?? []).flatMap(objectsOf);
}

function fieldsOf(schema, prefix = '') {
  const objects = objectsOf(schema);
  return objects.flatMap(([path, object], index) => [
    ...(objects.length === 1 ? [] : [[index === 0 ? '*either*' : '*or*', '', '', '']]),
    ...membersOf(object, `${prefix}${path}`),
  ]);
}

const membersOf = ({ properties, required = [] }, prefix) =>
  Object.entries(properties)
    .filter(([, value]) => value.not === undefined)
    .flatMap(([name, value]) => {
      const path = prefix === '' ? name : `${prefix}.${name}`;
      return [
        [code(path), typeOf(value), required.includes(name) ? 'yes' : 'no', noteOf(value)],
        ...fieldsOf(value, path),
      ];
    });

const noteOf = ({ default: preset, description = '' }) =>
  [preset === undefined ? '' : `default ${code(JSON.stringify(preset))}`, description]
    .filter((note) => note !== '')
    .join('; ');

/** A table of the fields, or one line where there are none. */
function shapeOf(schema, required) {
  const fields = fieldsOf(schema);
  if (fields.length === 0) return typeOf(schema);
  return table(['field', 'type', required, 'notes'], fields);
}

const bodySchema = ({ content = {} } = {}) => Object.values(content)[0]?.schema;
const isCsrf = ({ name }) => name === 'X-CSRF-Token';

function permissionOf(operation) {
  if (operation['x-permission'] !== undefined) return code(operation['x-permission']);
  return operation.security === undefined ? 'none' : 'any signed-in person';
}

function parametersOf({ parameters = [] }) {
  // Every write has that header; the introduction says so once.
  const told = parameters.filter((parameter) => !isCsrf(parameter));
  if (told.length === 0) return [];
  const rows = told.map(({ name, in: where, required, schema = {}, description }) => [
    code(name),
    where,
    typeOf(schema),
    required ? 'yes' : 'no',
    noteOf({ description, ...schema }),
  ]);
  return [table(['parameter', 'in', 'type', 'required', 'notes'], rows)];
}

const titled = (title, text) => `**${title}**:${text.startsWith('|') ? '\n\n' : ' '}${text}`;

function responseOf([status, response]) {
  const schema = bodySchema(response);
  return titled(`Response ${status}`, schema === undefined ? 'no body' : shapeOf(schema, 'always'));
}

function operationText(method, path, operation) {
  const body = bodySchema(operation.requestBody);
  return [
    `### ${method.toUpperCase()} ${path}`,
    ...[operation.summary, operation.description].filter((text) => text !== undefined),
    `Permission: ${permissionOf(operation)}`,
    ...parametersOf(operation),
    ...(body === undefined ? [] : [titled('Request', shapeOf(body, 'required'))]),
    ...sorted(operation.responses)
      .filter(([status]) => status !== 'default')
      .map(responseOf),
  ].join('\n\n');
}

/** The operations of each tag, both in the order of the alphabet. */
function groupsOf({ paths }) {
  const groups = {};
  for (const [path, item] of sorted(paths)) {
    for (const method of METHODS.filter((name) => item[name] !== undefined)) {
      const tag = item[method].tags?.[0] ?? 'Other';
      (groups[tag] ??= []).push(operationText(method, path, item[method]));
    }
  }
  return sorted(groups);
}

const schemaText = ([name, schema]) =>
  [
    `### Schema ${name}`,
    ...(schema.description === undefined ? [] : [schema.description]),
    shapeOf(schema, 'required'),
  ].join('\n\n');

/** The whole page, the same for the same document. */
export function apiReference(document) {
  const groups = groupsOf(document);
  return `${[
    '<!-- Generated from docs/openapi.json by tools/generated.mjs; not for editing. -->',
    '# API reference',
    document.info.description ?? '',
    'Every operation can also answer with a problem: see [Problem](#schema-problem). SCIM describes itself at `/scim/v2/Schemas`.',
    [...groups.map(([group]) => group), 'Schemas']
      .map((group) => `[${group}](#${anchor(group)})`)
      .join(' · '),
    ...groups.flatMap(([group, operations]) => [`## ${group}`, ...operations]),
    '## Schemas',
    ...sorted(document.components?.schemas).map(schemaText),
  ].join('\n\n')}\n`;
}
