/**
 * When the files that are not open are to be asked about.
 *
 * The language client would ask every two seconds from its start, and the server look at every file each time: here it
 * is only after somebody wants them checked, and then when something may have changed.
 */
export class WorkspaceCheck {
  private isWanted = false;
  private isDue = false;

  /** From now on these files are checked. */
  begin(): void {
    this.isWanted = true;
    this.isDue = true;
  }

  /** A file or a setting may have changed, or the server is another one. */
  renew(): void {
    this.isDue = this.isWanted;
  }

  /** Whether it is time to ask; whoever is told so does it. */
  takeTurn(): boolean {
    const isTurn = this.isDue;
    this.isDue = false;
    return isTurn;
  }
}
