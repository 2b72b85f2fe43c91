import { globSync, readFileSync } from 'node:fs';

/** A model of prisma/schema.prisma. */
export interface Model {
  name: string;
  table: string;
  /** Its fields with their types, without `?` and `[]`. */
  fields: { name: string; type: string; isRelation: boolean }[];
}

/** A file of the product, by its path in the repository. */
export interface Source {
  path: string;
  text: string;
}

const WRITES =
  '(?:create|createMany|createManyAndReturn|update|updateMany|updateManyAndReturn|upsert|delete|deleteMany)';

// What may write any table: what makes test data, and the demo organisation's data, by no use case.
const NOT_THE_PRODUCT =
  /\.spec\.ts$|\.fixture\.ts$|\/fixtures\/|^libs\/dev\/|^apps\/sandbox\/|^apps\/console\/|\/generated\//;

/** Every model of a schema. */
export const modelsOf = (schema: string): Model[] =>
  [...schema.matchAll(/^model (\w+) \{\n([\s\S]*?)^\}/gm)].map(([, name = '', body = '']) => ({
    name,
    table: /@@map\("(\w+)"\)/.exec(body)?.[1] ?? name,
    fields: [...body.matchAll(/^ {2}(\w+)\s+(\w+)(?:\?|\[\])?(.*)$/gm)].map(
      ([, field = '', type = '', rest = '']) => ({
        name: field,
        type,
        isRelation: rest.includes('@relation') && rest.includes('fields:'),
      }),
    ),
  }));

/** The models of this repository. */
export const productModels = (): Model[] => modelsOf(readFileSync('prisma/schema.prisma', 'utf8'));

/** The product's sources: libraries and apps, without what is for tests. */
export const productSources = (): Source[] =>
  globSync('{libs,apps}/**/*.ts')
    .filter((path) => !NOT_THE_PRODUCT.test(path))
    .map((path) => ({ path, text: readFileSync(path, 'utf8') }));

/** A SQL function that writes tables. */
export interface WritingFunction {
  writes: readonly Model[];
  /** Of these tables a trigger calls it: code that writes one of them writes the others, too. */
  triggeredBy: readonly Model[];
}

/** The SQL functions of the migrations that write a table, by their names. */
export const writingFunctions = (models: readonly Model[]): Map<string, WritingFunction> => {
  const found = new Map<string, WritingFunction>();
  for (const path of globSync('prisma/migrations/*/migration.sql')) {
    const text = readFileSync(path, 'utf8');
    const [, ...created] = text.split(/CREATE (?:OR REPLACE )?FUNCTION /);
    for (const definition of created) {
      const [, name = '', body = ''] =
        /^"?(\w+)"?[\s\S]*?(\$\$[\s\S]*?\$\$|$)/.exec(definition) ?? [];
      const writes = models.filter((model) => sqlWrites(model).test(body));
      const triggeredBy = models.filter((model) => triggers(model, name).test(text));
      if (writes.length > 0) found.set(name, { writes, triggeredBy });
    }
  }
  return found;
};

const sqlWrites = ({ table }: Model): RegExp =>
  new RegExp(
    `(?:INSERT\\s+INTO|DELETE\\s+FROM)\\s+"?${table}"?\\b|\\bUPDATE\\s+"?${table}"?\\s+(?:AS\\s+\\w+\\s+|\\w+\\s+)?SET\\b`,
    'i',
  );

const triggers = ({ table }: Model, name: string): RegExp =>
  new RegExp(`CREATE TRIGGER [^;]* ON "?${table}"?\\s[^;]*EXECUTE FUNCTION "?${name}"?\\(`);

const firstLower = (name: string): string => name.charAt(0).toLowerCase() + name.slice(1);

const clientWrites = ({ name }: Model): RegExp =>
  new RegExp(`\\.${firstLower(name)}\\s*\\.${WRITES}\\(`);

/** Tells whether a source writes a model's table: by the client, nested in another's write, or in SQL. */
export const writesTable = (
  model: Model,
  models: readonly Model[],
  functions: ReadonlyMap<string, WritingFunction>,
): ((source: Source) => boolean) => {
  const relations = models.flatMap(({ fields }) =>
    fields.filter(({ type }) => type === model.name).map(({ name }) => name),
  );
  const byFunction = [...functions].filter(([, { writes }]) => writes.includes(model));
  const triggering = byFunction.flatMap(([, { triggeredBy }]) => triggeredBy);
  const patterns = [
    ...[model, ...triggering].flatMap((one) => [clientWrites(one), sqlWrites(one)]),
    ...byFunction.map(([name]) => new RegExp(`\\b${name}\\(`)),
    ...(relations.length === 0
      ? []
      : [new RegExp(`\\b(?:${relations.join('|')}):\\s*\\{\\s*${WRITES}:`)]),
  ];
  return ({ text }) => patterns.some((pattern) => pattern.test(text));
};

/** `libs/<area>/<library>` or `apps/<app>`. */
export const ownerOf = (path: string): string =>
  path
    .split('/')
    .slice(0, path.startsWith('libs/') ? 3 : 2)
    .join('/');

// Most files write nothing, and a look at each for every model would take seconds.
const MAY_WRITE =
  /\.(?:create|update|upsert|delete)\w*\(|\b(?:INSERT|UPDATE|DELETE|SELECT)\b|\b(?:create|update)\w*: /;

/** Sources that may write some table. */
export const mayWrite = ({ text }: Source): boolean => MAY_WRITE.test(text);

/** Which libraries write a model's table. */
export const writers = (
  model: Model,
  models: readonly Model[],
  sources: readonly Source[],
  functions: ReadonlyMap<string, WritingFunction>,
): string[] => {
  const writing = sources.filter(writesTable(model, models, functions));
  return [...new Set(writing.map(({ path }) => ownerOf(path)))].toSorted();
};

/** Which libraries write each model's table. */
export const writersOf = (
  models: readonly Model[],
  sources: readonly Source[],
  functions: ReadonlyMap<string, WritingFunction>,
): Map<string, string[]> =>
  new Map(models.map((model) => [model.name, writers(model, models, sources, functions)]));
