/** Works through items in `lanes` lanes; answers the results, how long all took and each of them, in ms. */
export const inLanes = async (items, lanes, work) => {
  const results = [];
  const waits = [];
  let next = 0;
  const lane = async () => {
    for (let index = next++; index < items.length; index = next++) {
      const begun = performance.now();
      results[index] = await work(items[index]);
      waits.push(performance.now() - begun);
    }
  };
  const begun = performance.now();
  await Promise.all(Array.from({ length: lanes }, lane));
  return { results, waits, seconds: (performance.now() - begun) / 1000 };
};
