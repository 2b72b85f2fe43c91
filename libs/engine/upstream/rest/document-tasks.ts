import { DomainError } from '#libs/platform/kernel';

import { importOpenApi, type ImportOptions, type OpenApiImport } from './import-open-api.js';
import { parseDocument, UnreadableDocumentError } from './parse-document.js';

/** A document as it was fetched. */
export interface DocumentToImport {
  readonly bytes: Uint8Array;
  readonly options: ImportOptions;
}

/** What became of it: each tool as a line of JSON, because a thread hands over bytes at no cost. */
export type ImportedDocument =
  | { readonly tools: Uint8Array; readonly problems: OpenApiImport['problems'] }
  | { readonly unreadable: string };

/** What the threads for documents do. */
export const DOCUMENT_TASKS = {
  importDocument({ bytes, options }: DocumentToImport): ImportedDocument {
    try {
      const { tools, problems } = importOpenApi(parseDocument(bytes), options);
      const lines = tools.map((tool) => `${JSON.stringify(tool)}\n`);
      return { tools: new TextEncoder().encode(lines.join('')), problems };
    } catch (error) {
      if (error instanceof UnreadableDocumentError || error instanceof DomainError)
        return { unreadable: error.message };
      if (error instanceof RangeError)
        return { unreadable: 'The document is too large or too entangled.' };
      throw error;
    }
  },
};
