/** What the process that holds the setup does besides once somebody owns the installation; it may be nothing. */
export abstract class AfterClaim {
  /** Does it. Somebody may claim anew: what is done by then is left as it is. */
  abstract prepare(): Promise<void>;
}
