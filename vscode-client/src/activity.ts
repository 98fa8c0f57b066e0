/** Tells whether anything is under way, but keeps silent about what is over in a moment. */
export class Activity {
  private readonly underWay = new Set<unknown>();
  private timer: NodeJS.Timeout | undefined;
  private isShown = false;

  /**
   * @param onChange called with whether something is under way
   * @param delay how long, in milliseconds, something must last to be told of
   */
  constructor(
    private readonly onChange: (isBusy: boolean) => void,
    private readonly delay = 150,
  ) {}

  /** Something begins; it is known by its key. */
  begin(key: unknown): void {
    this.underWay.add(key);
    this.timer ??= setTimeout(() => {
      this.isShown = true;
      this.onChange(true);
    }, this.delay);
  }

  /** Something ends. */
  end(key: unknown): void {
    this.underWay.delete(key);
    if (this.underWay.size === 0) this.clear();
  }

  /** Everything ends. */
  clear(): void {
    this.underWay.clear();
    clearTimeout(this.timer);
    this.timer = undefined;
    if (this.isShown) {
      this.isShown = false;
      this.onChange(false);
    }
  }
}
