/** Something that is done again and again. */
export interface Repeated {
  /** Ends after the current round. */
  stop(): Promise<void>;
}

/** Does `work` now and `intervalMs` after each time it ended; what it throws goes to `onError`. */
export const repeat = (
  intervalMs: number,
  work: () => Promise<unknown>,
  onError: (error: unknown) => void,
): Repeated => {
  let stopped = false;
  let timer: NodeJS.Timeout | undefined;
  const round = async (): Promise<void> => {
    await work().catch(onError);
    if (stopped) return;
    timer = setTimeout(() => {
      running = round();
    }, intervalMs);
  };
  let running = round();
  return {
    stop: async () => {
      stopped = true;
      clearTimeout(timer);
      await running;
    },
  };
};
