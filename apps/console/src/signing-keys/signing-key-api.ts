import { get, post } from '../api/request.js';
import type { RotateSigningKey, SigningKey } from '../api/types.js';

interface Keys {
  items: SigningKey[];
}

export const signingKeyApi = {
  signingKeys: (signal?: AbortSignal) => get<Keys>('/signing-keys', { signal }),
  rotateSigningKey: (body: RotateSigningKey) => post<Keys>('/signing-keys/rotate', body),
};
