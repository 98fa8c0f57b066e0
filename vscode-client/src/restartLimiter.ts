/** Says whether a server that has crashed may be started once more. */
export class RestartLimiter {
  private crashes: number[] = [];

  /**
   * @param maxRestarts how many restarts are allowed within the period
   * @param period in milliseconds
   * @param now the time in milliseconds
   */
  constructor(
    readonly maxRestarts = 5,
    readonly period = 3 * 60 * 1000,
    private readonly now: () => number = Date.now,
  ) {}

  /** Counts a crash; whether a restart may follow it. */
  allowsRestart(): boolean {
    const now = this.now();
    this.crashes = this.crashes.filter((crash) => now - crash < this.period);
    this.crashes.push(now);
    return this.crashes.length <= this.maxRestarts;
  }

  /** Forgets the crashes: somebody has started the server by hand. */
  reset(): void {
    this.crashes = [];
  }
}
