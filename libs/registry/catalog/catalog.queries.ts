import { Injectable } from '@nestjs/common';
import { can } from '#libs/platform/access';
import {
  containsText,
  Database,
  type ToolServerWhereInput,
  type ToolWhereInput,
} from '#libs/platform/db';
import { DomainError, type Actor } from '#libs/platform/kernel';
import type { z } from 'zod';
import { STATE_WHERE } from './tool-state.js';
import type { listToolServersQuerySchema, listToolsQuerySchema } from './catalog.schemas.js';
import {
  TOOL_INCLUDE,
  TOOL_OMIT,
  TOOL_SERVER_INCLUDE,
  toToolDetailView,
  toToolServerDetailView,
  toToolServerView,
  toToolView,
} from './catalog.view.js';

type ServersQuery = z.infer<typeof listToolServersQuerySchema>;
type ToolsQuery = z.infer<typeof listToolsQuerySchema>;

/** Reads tool servers and tools for screens; a person who may read one may read all. */
@Injectable()
export class CatalogQueries {
  constructor(private readonly db: Database) {}

  /** One page of tool servers, newest first unless asked otherwise. */
  async listServers({ page, perPage, order, q, kind, state }: ServersQuery) {
    const where: ToolServerWhereInput = {
      ...(kind === undefined ? {} : { kind }),
      ...(state === undefined ? {} : { state }),
      ...(q === undefined || q === ''
        ? {}
        : { OR: [{ slug: containsText(q) }, { name: containsText(q) }] }),
    };
    const [rows, total] = await Promise.all([
      this.db.toolServer.findMany({
        where,
        include: TOOL_SERVER_INCLUDE,
        omit: { openapi: true, leftOut: true },
        orderBy: { id: order },
        skip: (page - 1) * perPage,
        take: perPage,
      }),
      this.db.toolServer.count({ where }),
    ]);
    return { items: rows.map(toToolServerView), total };
  }

  /** One tool server with what was left out. */
  async getServer(actor: Actor, id: string) {
    const row = await this.db.toolServer.findUnique({
      where: { id },
      include: TOOL_SERVER_INCLUDE,
      omit: { openapi: true },
    });
    if (row !== null && can(actor, 'read', 'ToolServer', row)) {
      const select = { isOffered: true, isTakenOver: true, offeredDigest: true } as const;
      const tools = await this.db.tool.findMany({ where: { serverId: id }, select });
      return toToolServerDetailView(row, tools);
    }
    throw new DomainError(
      'not_found',
      'This tool server was not found, or you do not have access to it.',
    );
  }

  /** One page of tools, by tool server and name. */
  async listTools(query: ToolsQuery) {
    const { page, perPage, order, q, serverId, classification, classified, state } = query;
    const where: ToolWhereInput = {
      ...(state === undefined ? {} : STATE_WHERE[state]),
      ...(serverId === undefined ? {} : { serverId }),
      ...(classification === undefined ? {} : { classification }),
      ...(classified === undefined
        ? {}
        : { classifiedAt: classified === 'yes' ? { not: null } : null }),
      ...(q === undefined || q === ''
        ? {}
        : { OR: [{ name: containsText(q) }, { title: containsText(q) }] }),
    };
    const [rows, total] = await Promise.all([
      this.db.tool.findMany({
        where,
        include: TOOL_INCLUDE,
        omit: TOOL_OMIT,
        orderBy: [{ server: { slug: order } }, { name: order }],
        skip: (page - 1) * perPage,
        take: perPage,
      }),
      this.db.tool.count({ where }),
    ]);
    return { items: rows.map(toToolView), total };
  }

  /** One tool with its pinned schema. */
  async getTool(actor: Actor, id: string) {
    const row = await this.db.tool.findUnique({ where: { id }, include: TOOL_INCLUDE });
    if (row !== null && can(actor, 'read', 'Tool', row)) return toToolDetailView(row);
    throw new DomainError('not_found', 'This tool was not found, or you do not have access to it.');
  }
}
