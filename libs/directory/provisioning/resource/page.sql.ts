import { Prisma, type Database } from '#libs/platform/db';
import { z } from 'zod';
import { filterSql } from '../filter/filter-sql.js';
import { parseAttributePath, parseFilter } from '../filter/parse-filter.js';
import type { Sql, SqlField, SqlResource } from '../filter/sql-field.js';
import { badRequest } from '../errors.js';
import type { ResourceType } from '../schema/attribute.js';
import { resolveOrReject } from '../schema/resolve.js';
import type { Position } from './cursor.js';

/** A resource type as it is stored, for lists. */
export interface ListSource extends SqlResource {
  type: ResourceType;
  from: Sql;
  id: Sql;
  /** Only what this connection provisioned. */
  scope: (connectionId: string) => Sql;
}

/** Which page of which list. */
export interface PageRequest {
  connectionId: string;
  filter: string | undefined;
  sortBy: string | undefined;
  descending: boolean;
  count: number;
  /** Either how many to pass over, or after which one to begin. */
  skip: number;
  after: Position | null;
}

const rowSchema = z.object({ id: z.uuid(), value: z.string().nullable() });
const countSchema = z.tuple([z.object({ total: z.bigint() })]);

/** The ids of one page in order, and how many there are in all. */
export const readPage = async (
  db: Pick<Database, '$queryRaw'>,
  source: ListSource,
  request: PageRequest,
): Promise<{ positions: Position[]; total: number }> => {
  const where = whereOf(source, request);
  const counting = db.$queryRaw<
    unknown[]
  >`SELECT count(*) AS total FROM ${source.from} WHERE ${where}`;
  const value = sortValue(source, request.sortBy);
  const [rows, counted] = await Promise.all([
    request.count === 0 ? [] : pageRows(db, source, request, where, value),
    counting,
  ]);
  const [{ total }] = countSchema.parse(counted);
  return { positions: z.array(rowSchema).parse(rows), total: Number(total) };
};

const whereOf = (source: ListSource, { connectionId, filter }: PageRequest): Sql => {
  const scope = source.scope(connectionId);
  if (filter === undefined || filter.trim() === '') return scope;
  return Prisma.sql`${scope} AND ${filterSql(source.type, source, parseFilter(filter))}`;
};

// What is missing comes last, or first when the order is turned round (RFC 7644 §3.4.2.3).
const pageRows = (
  db: Pick<Database, '$queryRaw'>,
  { from, id }: ListSource,
  { descending, count, skip, after }: PageRequest,
  where: Sql,
  value: Sql | null,
): Promise<unknown[]> => {
  const direction = Prisma.raw(descending ? 'DESC' : 'ASC');
  const beyond = Prisma.raw(descending ? '<' : '>');
  if (value === null) {
    const start = after === null ? Prisma.empty : Prisma.sql`AND ${id} ${beyond} ${after.id}::uuid`;
    return db.$queryRaw`SELECT ${id} AS id, NULL::text AS value FROM ${from} WHERE ${where} ${start}
      ORDER BY ${id} ${direction} LIMIT ${count} OFFSET ${skip}`;
  }
  const start =
    after === null
      ? Prisma.empty
      : Prisma.sql`WHERE (value IS NULL, coalesce(value, '') COLLATE "C", id) ${beyond}
          (${after.value === null}, ${after.value ?? ''}::text COLLATE "C", ${after.id}::uuid)`;
  return db.$queryRaw`SELECT id, value FROM (SELECT ${id} AS id, ${value} AS value FROM ${from} WHERE ${where}) AS found
    ${start}
    ORDER BY (value IS NULL) ${direction}, value COLLATE "C" ${direction}, id ${direction}
    LIMIT ${count} OFFSET ${skip}`;
};

const sortValue = (source: ListSource, sortBy: string | undefined): Sql | null => {
  if (sortBy === undefined || sortBy === '') return null;
  const path = parseAttributePath(sortBy, 'invalidValue');
  const field = source.field(resolveOrReject(source.type, path, 'invalidValue'));
  const value = field === null ? null : textOf(field);
  if (value === null) throw badRequest('invalidValue', `It cannot be sorted by ${path.name}.`);
  return value;
};

const textOf = (field: SqlField): Sql | null => {
  switch (field.kind) {
    case 'values':
      return field.first === null ? null : Prisma.sql`lower(${field.first})`;
    case 'text':
      return field.caseExact ? field.value : Prisma.sql`lower(${field.value})`;
    case 'time':
      return Prisma.sql`to_char(${field.value} AT TIME ZONE 'UTC', 'YYYY-MM-DD"T"HH24:MI:SS.MS')`;
    case 'id':
    case 'boolean':
      return Prisma.sql`(${field.value})::text`;
  }
};
