import { get, post } from './request.js';
import type { RotateSigningKey, SigningKey } from './types.js';

interface Keys {
  items: SigningKey[];
}

export const signingKeyApi = {
  signingKeys: (signal?: AbortSignal) => get<Keys>('/signing-keys', { signal }),
  rotateSigningKey: (body: RotateSigningKey) => post<Keys>('/signing-keys/rotate', body),
};
