import { globSync, readFileSync } from 'node:fs';
import { basename } from 'node:path';
import type { JsonObject } from '#libs/platform/kernel';

/** A tool as a real server listed it: every field. */
export interface ListedTool extends JsonObject {
  name: string;
  inputSchema: JsonObject;
}

/** What a real server listed. */
export interface ToolList {
  /** The name of its file. */
  server: string;
  package: string;
  tools: ListedTool[];
}

/** The tool lists of the corpus, by the names of their servers. */
export const readToolLists = (): ToolList[] =>
  globSync('test/corpus/lists/*.json')
    .toSorted()
    .map((path) => ({
      ...(JSON.parse(readFileSync(path, 'utf8')) as Omit<ToolList, 'server'>),
      server: basename(path, '.json'),
    }));
