import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import type { OpenAPIObject } from '@nestjs/swagger';
import { routesOfApplication } from '#libs/platform/http';
import type { Api } from './create-api.js';
import { createOfflineApi } from './fixtures/offline-api.js';
import { OpenApiDocument } from './openapi-document.js';

let api: Api;
let document: OpenAPIObject;
beforeAll(async () => {
  api = await createOfflineApi();
  document = api.app.get(OpenApiDocument).get();
});
afterAll(() => api.close());

describe('the OpenAPI document', () => {
  // `node tools/generated.mjs` writes it anew; here and in `npm run check` it must be fresh.
  it('is the one in docs/openapi.json', async () => {
    const text = `${JSON.stringify(document, null, 2)}\n`;
    await expect(text).toMatchFileSnapshot('../../../docs/openapi.json');
  });

  it('is OpenAPI 3.1', () => {
    expect(document.openapi).toBe('3.1.0');
  });

  // SCIM describes itself, at /scim/v2/Schemas.
  it('has every route but its own and those of SCIM', () => {
    const documented = Object.entries(document.paths).flatMap(([path, item]) =>
      Object.keys(item).map((verb) => `${verb.toUpperCase()} ${path}`),
    );
    const declared = routesOfApplication(api.app)
      .map(({ method, path }) => `${method} ${path.replaceAll(/:(\w+)/g, '{$1}')}`)
      .filter((route) => route !== 'GET /api/openapi.json' && !route.includes(' /scim/v2/'));
    expect(documented.toSorted()).toEqual(declared.toSorted());
  });

  it('refers to nothing that it does not have', () => {
    const text = JSON.stringify(document);
    const refs = [...text.matchAll(/"\$ref":"#\/components\/(\w+)\/([^"]+)"/g)];
    expect(refs.length).toBeGreaterThan(20);
    for (const [, kind, name] of refs)
      expect(document.components).toHaveProperty([kind ?? '', name ?? '']);
    expect(text).not.toMatch(/"\$ref":"(?!#\/components\/)/);
  });
});
