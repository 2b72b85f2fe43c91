import { DAY_MS, HOUR_MS, MINUTE_MS, SECOND_MS } from '#libs/platform/kernel';

/** How long an access token of ours lasts at most, in seconds. */
export const MAX_TOKEN_SECONDS = 300;

/** A key is published so long before it signs: longer than anybody keeps the published keys. */
export const PUBLISHED_BEFORE_MS = HOUR_MS;
const SIGNS_MS = 30 * DAY_MS;
// Somewhat longer than the last token: the clock of the process that checks it may be slow.
const PUBLISHED_AFTER_MS = MAX_TOKEN_SECONDS * SECOND_MS + 10 * MINUTE_MS;
// The next key is made a day ahead, so that the worker may be down for most of it.
const MADE_AHEAD_MS = DAY_MS;

/** When a key signs, and until when its tokens are valid. */
export interface KeyTimes {
  signsFrom: Date;
  signsUntil: Date;
  publishedUntil: Date;
}

/** The times of a key that signs from then on. */
export const timesFrom = (signsFrom: Date): KeyTimes => {
  const signsUntilMs = signsFrom.getTime() + SIGNS_MS;
  return {
    signsFrom,
    signsUntil: new Date(signsUntilMs),
    publishedUntil: new Date(signsUntilMs + PUBLISHED_AFTER_MS),
  };
};

/** The key that signs now: the newest of those whose time it is. */
export const signingKeyOf = <K extends KeyTimes>(keys: readonly K[], now: Date): K | undefined =>
  keys
    .filter(({ signsFrom, signsUntil }) => signsFrom <= now && now < signsUntil)
    .toSorted((a, b) => a.signsFrom.getTime() - b.signsFrom.getTime())
    .at(-1);

/** From when the next key has to sign; null while nothing is due. */
export const nextKeySigns = (keys: readonly KeyTimes[], now: Date): Date | null => {
  const signing = signingKeyOf(keys, now);
  // The very first one; or nobody was there to make another in time.
  if (signing === undefined) return now;
  const isSucceeded = keys.some(({ signsFrom }) => signsFrom > signing.signsFrom);
  const leftMs = signing.signsUntil.getTime() - now.getTime();
  if (isSucceeded || leftMs > MADE_AHEAD_MS) return null;
  return new Date(Math.max(signing.signsUntil.getTime(), now.getTime() + PUBLISHED_BEFORE_MS));
};

/** The keys of which no token can be valid any more: their time is over, or a newer one took over long ago. */
export const outlivedKeys = <K extends KeyTimes>(keys: readonly K[], now: Date): K[] => {
  const signing = signingKeyOf(keys, now);
  const hasTakenOver =
    signing !== undefined && signing.signsFrom.getTime() + PUBLISHED_AFTER_MS < now.getTime();
  return keys.filter(
    (key) => key.publishedUntil <= now || (hasTakenOver && key.signsFrom < signing.signsFrom),
  );
};
