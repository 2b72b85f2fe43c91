import { Controller, Get } from '@nestjs/common';
import { ApiExcludeController, type OpenAPIObject } from '@nestjs/swagger';
import { ApiAnswer, Public } from '#libs/platform/http';
import { z } from 'zod';
import { OpenApiDocument } from './openapi-document.js';

/** The document itself: public, because it is documentation. */
@ApiExcludeController()
@Controller('api/openapi.json')
export class OpenApiController {
  constructor(private readonly document: OpenApiDocument) {}

  @Get()
  @Public()
  @ApiAnswer(200, z.record(z.string(), z.unknown()))
  get(): OpenAPIObject {
    return this.document.get();
  }
}
