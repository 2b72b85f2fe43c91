import { setImmediate as letOthersRun } from 'node:timers/promises';

import { DomainError } from '#libs/platform/kernel';
import { TaskTooLongError, ThreadPool } from '#libs/platform/threads';

import type { ImportedDocument } from './document-tasks.js';
import type { ImportOptions, OpenApiImport } from './import-open-api.js';
import type { RestTool } from './operation.js';

const WORKER = new URL('./document-worker.js', import.meta.url);
// A document of 16 MiB in YAML takes about ten seconds.
const LIMITS = { cpuMs: 60_000, elapsedMs: 180_000, memoryMb: 1024 };
const documents = new ThreadPool(WORKER, { limits: LIMITS, maxThreads: 1 });

/**
 * Parses a document and imports it, off the event loop and within a deadline (invariant P13): JSON or YAML,
 * OpenAPI 3.0, 3.1 or Swagger 2.0. @throws DomainError `invalid_input` where it cannot be read
 */
export const importDocument = async (
  bytes: Uint8Array,
  options: ImportOptions,
): Promise<OpenApiImport> => {
  const imported = await run(bytes, options);
  if ('unreadable' in imported) throw new DomainError('invalid_input', imported.unreadable);
  const tools: RestTool[] = [];
  for (const line of linesOf(imported.tools)) {
    await letOthersRun();
    tools.push(JSON.parse(line) as RestTool);
  }
  return { tools, problems: imported.problems };
};

const NEWLINE = 0x0a;

function* linesOf(bytes: Uint8Array): Generator<string> {
  const decoder = new TextDecoder();
  for (let start = 0; start < bytes.length;) {
    const end = bytes.indexOf(NEWLINE, start);
    yield decoder.decode(bytes.subarray(start, end));
    start = end + 1;
  }
}

const run = async (bytes: Uint8Array, options: ImportOptions): Promise<ImportedDocument> => {
  try {
    return (await documents.run('importDocument', { bytes, options })) as ImportedDocument;
  } catch (error) {
    if (!(error instanceof TaskTooLongError)) throw error;
    throw new DomainError('invalid_input', 'Reading the OpenAPI document takes too long.', {
      cause: error,
    });
  }
};
