import { applyDecorators, Header } from '@nestjs/common';
import { ApiAnswer } from '#libs/platform/http';
import { isObject, type JsonObject } from '#libs/platform/kernel';
import type { Response } from 'express';
import { z } from 'zod';
import { asText } from '../resource/read-value.js';
import { SCIM_MEDIA_TYPE } from './scim-protocol.js';
import { noSuchResource } from '../errors.js';

/** A resource as it is answered: its projection has been made by its schemas (RFC 7643 §3). */
export const scimResourceSchema = z
  .looseObject({ schemas: z.array(z.string()) })
  .meta({ description: 'A SCIM resource (RFC 7643).' });

/** A list of resources (RFC 7644 §3.4.2). */
export const scimListSchema = z.looseObject({
  schemas: z.array(z.string()),
  totalResults: z.number().int(),
  itemsPerPage: z.number().int(),
  startIndex: z.number().int().optional(),
  nextCursor: z.string().optional(),
  Resources: z.array(scimResourceSchema),
});

/** What a SCIM address takes as its body: the resource types' schemas say what of it is read. */
export const scimBodySchema = z.looseObject({
  schemas: z.array(z.string().max(300)).max(20).optional(),
});

/** Says what a SCIM route answers, under SCIM's own media type. */
export const ScimAnswer = (status: number, schema: z.ZodType | null) =>
  applyDecorators(ApiAnswer(status, schema), Header('Content-Type', SCIM_MEDIA_TYPE));

/** A resource with everything, and what of it was asked for. */
export interface ShownResource {
  whole: JsonObject;
  shown: JsonObject;
}

/** Sets the headers of a single resource, its version and where it is, and answers what is shown of it. */
export const answerWith = (response: Response, { whole, shown }: ShownResource): JsonObject => {
  const { meta } = whole;
  if (isObject(meta)) {
    response.set('ETag', asText(meta['version'])).set('Location', asText(meta['location']));
  }
  return shown;
};

/** The parameters of a resource's address. */
export const resourceParamsSchema = z.strictObject({ id: z.string().max(200) });

/** An id as it was asked for: whatever cannot be one of ours is not there. */
export const resourceId = ({ id }: z.infer<typeof resourceParamsSchema>): string => {
  if (!z.uuid().safeParse(id).success) throw noSuchResource();
  return id.toLowerCase();
};
