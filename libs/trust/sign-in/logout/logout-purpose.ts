/** What the ids of logout tokens were used up for. */
export const LOGOUT_PURPOSE = 'logout';
