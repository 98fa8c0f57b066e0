/** Error messages that do not pile up: one that is still open is not shown again. */
export class Notices {
  private readonly open = new Set<string>();

  /** @param ask shows a message with its choices, and answers with what was chosen */
  constructor(private readonly ask: (message: string, choices: string[]) => Thenable<string | undefined>) {}

  /**
   * Shows a message and does what is chosen.
   *
   * @param kind what it is about: while one of a kind is open, no other of that kind is shown
   */
  async show(kind: string, message: string, choices: Record<string, () => Thenable<unknown>>): Promise<void> {
    if (this.open.has(kind)) return;
    this.open.add(kind);
    let choice: string | undefined;
    try {
      choice = await this.ask(message, Object.keys(choices));
    } finally {
      this.open.delete(kind);
    }
    if (choice !== undefined) await choices[choice]?.();
  }
}
