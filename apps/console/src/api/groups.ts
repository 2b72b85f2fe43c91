import { get } from './request.js';
import type { GroupDetail } from './types.js';

export const groupApi = {
  /** One group with one page of its members. */
  group: (id: string, page: number, perPage: number, signal?: AbortSignal) =>
    get<GroupDetail>(`/groups/${id}`, { query: { page, perPage }, signal }),
};
