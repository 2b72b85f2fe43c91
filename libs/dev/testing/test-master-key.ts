/** The master key under which a test's processes seal secrets and sign records. */
export const TEST_MASTER_KEY = 's'.repeat(32);
