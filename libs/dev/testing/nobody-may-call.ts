const NO_PAIRS = { items: [], total: 0 };

/** What agents may call where no policy is in force, as below the policies there is none: nothing. */
export const nobodyMayCall = () =>
  Promise.resolve({
    isEmpty: true,
    pairs: NO_PAIRS,
    changes: () => Promise.resolve({ added: NO_PAIRS, widened: NO_PAIRS, removed: NO_PAIRS }),
  });
