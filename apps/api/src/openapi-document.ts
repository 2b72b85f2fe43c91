import { Injectable } from '@nestjs/common';
import type { OpenAPIObject } from '@nestjs/swagger';

/** Holds the document, which can only be made once all routes are there. */
@Injectable()
export class OpenApiDocument {
  private make: (() => OpenAPIObject) | undefined;
  private document: OpenAPIObject | undefined;

  /** Says how it is made; it is, when somebody first asks. */
  from(make: () => OpenAPIObject): void {
    this.make = make;
  }

  /** The document. */
  get(): OpenAPIObject {
    this.document ??= this.make?.();
    if (this.document === undefined) throw new Error('the OpenAPI document has no maker');
    return this.document;
  }
}
