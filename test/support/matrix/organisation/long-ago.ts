/** When everything of the organisation was made: nothing of it cools off. */
export const LONG_AGO = new Date(Date.now() - 90 * 24 * 3_600_000);
