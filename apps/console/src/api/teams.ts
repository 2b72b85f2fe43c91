import { patch, post } from './request.js';
import type { ChangeTeam, RegisterTeam, Team } from './types.js';

export const teamApi = {
  addTeam: (body: RegisterTeam) => post<Team>('/teams', body),
  changeTeam: (id: string, body: ChangeTeam) => patch<Team>(`/teams/${id}`, body),
};
