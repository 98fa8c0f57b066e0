// One run of a server's program, and what is wrong with it. Knows nothing of VS Code.

import { type ChildProcessWithoutNullStreams, spawn } from "node:child_process";

/** How long, in milliseconds, a server may take to answer, and to end. */
const PATIENCE = { answer: 20_000, end: 2_000 };

/** What every message of the protocol begins with. */
const HEADER = "Content-";

/** A program that should speak the language server protocol. */
export class ServerProcess {
  readonly child: ChildProcessWithoutNullStreams;
  /** Settled with what is wrong, once something is: it ended, prints what is no message, or has not answered in time. */
  readonly fault: Promise<string>;
  private lastLine = "";
  private timer: NodeJS.Timeout | undefined;

  constructor(
    command: string,
    args: readonly string[],
    options: { cwd?: string; env?: NodeJS.ProcessEnv },
    patience = PATIENCE.answer,
  ) {
    this.child = spawn(command, args, { ...options, stdio: "pipe", windowsHide: true });
    // What is written to a program that has ended is lost, and its end is told of.
    this.child.stdin.on("error", () => undefined);
    this.child.stderr.setEncoding("utf8").on("data", (text: string) => {
      this.lastLine = text.split("\n").map(readable).filter(Boolean).at(-1) ?? this.lastLine;
    });
    const reason = new Promise<string>((resolve) => {
      this.child.once("error", (error) => {
        resolve(`it cannot be run (${error.message})`);
      });
      // Not at "exit": what it wrote last may come after that.
      this.child.once("close", (code, signal) => {
        resolve(code === null ? `it was ended by ${String(signal)}` : `it ended with exit status ${String(code)}`);
      });
      this.onRubbish((text) => {
        resolve(`it prints what is no message of a language server: "${text}"`);
      });
      this.timer = setTimeout(() => {
        resolve(`it has not answered within ${String(patience / 1000)} s`);
      }, patience);
    });
    this.fault = reason.then((what) => {
      clearTimeout(this.timer);
      return `${what}${this.lastWords()}`;
    });
  }

  /** It has answered, and may now take its time. */
  answered(): void {
    clearTimeout(this.timer);
  }

  /** The last line that it wrote about errors, to be put after a sentence; empty where there is none. */
  lastWords(): string {
    return this.lastLine === "" ? "" : `; the last it said: ${this.lastLine}`;
  }

  /** Ends it, by force if it does not end in time. */
  stop(): void {
    clearTimeout(this.timer);
    if (this.child.exitCode !== null || this.child.signalCode !== null) return;
    this.child.kill();
    setTimeout(() => this.child.kill("SIGKILL"), PATIENCE.end).unref();
  }

  private onRubbish(tell: (text: string) => void): void {
    let beginning = "";
    const look = (chunk: Buffer): void => {
      beginning += chunk.toString("latin1");
      const isHeader = HEADER.startsWith(beginning.slice(0, HEADER.length));
      if (isHeader && beginning.length < HEADER.length) return;
      this.child.stdout.off("data", look);
      if (!isHeader) tell(readable(beginning.split("\n")[0] ?? ""));
    };
    this.child.stdout.on("data", look);
  }
}

/** A line without colours and other control characters, and not too long for a message. */
function readable(line: string): string {
  const plain = line.replace(/\u001b\[[0-9;]*[A-Za-z]/g, "").replace(/[\u0000-\u001f\u007f-\u009f]/g, " ");
  const trimmed = plain.trim();
  return trimmed.length > 200 ? `${trimmed.slice(0, 199)}…` : trimmed;
}
