// A provisioning client that keeps its connections, and takes nothing but what it expects for an answer.
import { Pool } from 'undici';

const PATCH_URN = 'urn:ietf:params:scim:api:messages:2.0:PatchOp';
const BULK_URN = 'urn:ietf:params:scim:api:messages:2.0:BulkRequest';

/** Opens it with so many connections. */
export const openScimClient = ({ scimUrl, scimToken }, connections) => {
  const { origin, pathname } = new URL(scimUrl);
  const pool = new Pool(origin, { connections });
  const headers = {
    authorization: `Bearer ${scimToken}`,
    'content-type': 'application/scim+json',
  };
  const request = async (method, path, expected, body) => {
    const answer = await pool.request({
      method,
      path: `${pathname}${path}`,
      headers,
      ...(body === undefined ? {} : { body: JSON.stringify(body) }),
    });
    const text = await answer.body.text();
    if (answer.statusCode !== expected)
      throw new Error(`${method} ${path}: ${answer.statusCode} ${text.slice(0, 500)}`);
    return text === '' ? null : JSON.parse(text);
  };
  return {
    create: async (endpoint, resource) => (await request('POST', endpoint, 201, resource)).id,
    /** Creates many in one request; answers their ids. */
    createAll: async (endpoint, resources) => {
      const { Operations } = await request('POST', '/Bulk', 200, {
        schemas: [BULK_URN],
        Operations: resources.map((data, index) => ({
          method: 'POST',
          path: endpoint,
          bulkId: String(index),
          data,
        })),
      });
      return Operations.map(({ status, location, response }) => {
        if (status !== '201') throw new Error(JSON.stringify(response));
        return location.slice(location.lastIndexOf('/') + 1);
      });
    },
    patchMembers: (groupId, op, ids) =>
      request('PATCH', `/Groups/${groupId}`, 204, {
        schemas: [PATCH_URN],
        Operations: [{ op, path: 'members', value: ids.map((value) => ({ value })) }],
      }),
    /** How many a filter finds. */
    count: async (endpoint, filter) =>
      (await request('GET', `${endpoint}?filter=${encodeURIComponent(filter)}`, 200)).totalResults,
    close: () => pool.close(),
  };
};
