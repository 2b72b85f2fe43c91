import { get, patch, post } from './request.js';
import type {
  ChangeScimConnection,
  CreateScimToken,
  NewScimToken,
  Page,
  RegisterScimConnection,
  RotateScimToken,
  ScimConnection,
} from './types.js';

export const scimApi = {
  scimConnections: (signal?: AbortSignal) =>
    get<Page<ScimConnection> & { baseUrl: string }>('/scim-connections', { signal }),
  registerScimConnection: (body: RegisterScimConnection) =>
    post<ScimConnection>('/scim-connections', body),
  changeScimConnection: (id: string, body: ChangeScimConnection) =>
    patch<ScimConnection>(`/scim-connections/${id}`, body),
  createScimToken: (id: string, body: CreateScimToken) =>
    post<NewScimToken>(`/scim-connections/${id}/tokens`, body),
  rotateScimToken: (id: string, tokenId: string, body: RotateScimToken) =>
    post<NewScimToken>(`/scim-connections/${id}/tokens/${tokenId}/rotate`, body),
  revokeScimToken: (id: string, tokenId: string, reason: string) =>
    post<ScimConnection>(`/scim-connections/${id}/tokens/${tokenId}/revoke`, { reason }),
};
