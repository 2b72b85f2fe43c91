import { patch, post, put, remove } from './request.js';
import type {
  ChangeIssuer,
  ConfigureSignIn,
  IssuerDetail,
  IssuerTest,
  TestIssuer,
  TrustIssuer,
} from './types.js';

export const issuerApi = {
  trustIssuer: (body: TrustIssuer) => post<IssuerDetail>('/issuers', body),
  testIssuer: (body: TestIssuer) => post<IssuerTest>('/issuers/test', body),
  changeIssuer: (id: string, body: ChangeIssuer) => patch<IssuerDetail>(`/issuers/${id}`, body),
  retireIssuer: (id: string, reason: string) =>
    post<IssuerDetail>(`/issuers/${id}/retire`, { reason }),
  restoreIssuer: (id: string, reason: string) =>
    post<IssuerDetail>(`/issuers/${id}/restore`, { reason }),
  configureSignIn: (id: string, body: ConfigureSignIn) =>
    put<IssuerDetail>(`/issuers/${id}/sign-in`, body),
  removeSignIn: (id: string) => remove<IssuerDetail>(`/issuers/${id}/sign-in`),
};
