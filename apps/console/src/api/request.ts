import { ApiError, problemOf, proposed, unreachable } from './errors.js';

export type Query = Record<string, string | number | boolean | null | undefined>;

interface RequestOptions {
  query?: Query;
  body?: unknown;
  signal?: AbortSignal | undefined;
}

let csrfToken: string | null = null;

/** Every write from now on carries this token; null after signing out. */
export const setCsrfToken = (token: string | null): void => {
  csrfToken = token;
};

export const get = <T>(path: string, options: Omit<RequestOptions, 'body'> = {}): Promise<T> =>
  request<T>('GET', path, options);

export const post = <T>(path: string, body: unknown, signal?: AbortSignal): Promise<T> =>
  request<T>('POST', path, { body, signal });

export const patch = <T>(path: string, body: unknown): Promise<T> =>
  request<T>('PATCH', path, { body });

export const put = <T>(path: string, body: unknown): Promise<T> =>
  request<T>('PUT', path, { body });

export const remove = <T>(path: string, body?: unknown): Promise<T> =>
  request<T>('DELETE', path, { body });

async function request<T>(method: string, path: string, options: RequestOptions): Promise<T> {
  const response = await send(method, path, options);
  if (!response.ok) throw await problemOf(response);
  if (response.status === 202) throw await proposed(response);
  if (response.status === 204) return undefined as T;
  try {
    return (await response.json()) as T;
  } catch {
    throw new ApiError('Gatehouse sent an answer that is not JSON.', response.status, 'internal');
  }
}

// Sign-in's addresses are registered at identity providers, so they bear no version.
const addressOf = (path: string): string =>
  path.startsWith('/sign-in/') ? `/api${path}` : `/api/v1${path}`;

async function send(method: string, path: string, options: RequestOptions): Promise<Response> {
  const headers: Record<string, string> = { accept: 'application/json' };
  if (options.body !== undefined) headers['content-type'] = 'application/json';
  if (method !== 'GET' && csrfToken !== null) headers['x-csrf-token'] = csrfToken;
  try {
    return await fetch(`${addressOf(path)}${queryString(options.query)}`, {
      method,
      headers,
      credentials: 'same-origin',
      ...(options.body === undefined ? {} : { body: JSON.stringify(options.body) }),
      ...(options.signal === undefined ? {} : { signal: options.signal }),
    });
  } catch (error) {
    if (options.signal?.aborted) throw error;
    throw unreachable();
  }
}

const queryString = (query: Query = {}): string => {
  const given = Object.entries(query).filter(
    ([, value]) => value !== undefined && value !== null && value !== '',
  );
  const text = new URLSearchParams(given.map(([key, value]) => [key, String(value)])).toString();
  return text === '' ? '' : `?${text}`;
};
