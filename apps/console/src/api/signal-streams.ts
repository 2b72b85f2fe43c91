import { patch, post } from './request.js';
import type { ChangeSignalStream, RegisterSignalStream, SignalStreamDetail } from './types.js';

export const streamApi = {
  registerSignalStream: (body: RegisterSignalStream) =>
    post<SignalStreamDetail>('/signal-streams', body),
  changeSignalStream: (id: string, body: ChangeSignalStream) =>
    patch<SignalStreamDetail>(`/signal-streams/${id}`, body),
  retireSignalStream: (id: string, reason: string) =>
    post<SignalStreamDetail>(`/signal-streams/${id}/retire`, { reason }),
};
