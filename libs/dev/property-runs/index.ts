/**
 * How often a property is tried: as often as its spec says, or a tenth of that where `PROPERTY_RUNS=few`
 * asks for it, as `npm run check` does. What must find something on purpose keeps its full number.
 */
export const propertyRuns = (full: number): number =>
  process.env['PROPERTY_RUNS'] === 'few' ? Math.ceil(full / 10) : full;
