import { type Disposable, languages, type LogOutputChannel, type TextEditor, workspace } from "vscode";
import { State } from "vscode-languageclient/node";
import { Activity } from "./activity";
import { Client } from "./client";
import { enabledLanguages, launchSettings } from "./configuration";
import { RestartLimiter } from "./restartLimiter";
import { type Absence, findServer, type Search, type ServerCommand } from "./serverPath";
import { ServerProcess } from "./serverProcess";
import { documentSelector } from "./settings";
import type { Status } from "./status";
import { safeStart, surroundings } from "./surroundings";
import { WorkspaceCheck } from "./workspaceCheck";

/** How long a server that is still starting is waited for before it is stopped. */
const PATIENCE = 3000;

/** How long, in milliseconds, the reason for a broken connection is waited for. */
const GRACE = 1000;

/** Tells a person why there is no server. */
export interface Reporter {
  onAbsence(absence: Absence): void;
  onFailure(message: string): void;
}

/** The language server of this window: it is started when a document needs it, and again after a crash. */
export class Server implements Disposable {
  private state: "idle" | "starting" | "running" | "failed" = "idle";
  private client: Client | undefined;
  private command: ServerCommand | undefined;
  // Settled when the client has started, or has failed to.
  private launch: Promise<unknown> = Promise.resolve();
  private starting: Promise<void> = Promise.resolve();
  private ending: Promise<void> = Promise.resolve();
  // An attempt to start that is no longer the last one gives up.
  private lastAttempt = 0;
  private readonly limiter = new RestartLimiter();
  readonly workspaceCheck = new WorkspaceCheck();
  private readonly activity = new Activity((isBusy) => {
    if (this.state === "running") this.status.show(isBusy ? "checking" : "ready", this.description());
  });

  /**
   * @param safeFolder a folder without Python modules in which Python can be started
   * @param ownServer the script of the extension's own server, whether or not it is there
   */
  constructor(
    private readonly safeFolder: string,
    private readonly ownServer: string,
    private readonly output: LogOutputChannel,
    private readonly status: Status,
    private readonly reporter: Reporter,
  ) {}

  /** Starts the server if it was never started and a document is open that it can check. */
  startIfNeeded(): void {
    const selector = documentSelector(enabledLanguages());
    const isNeeded = workspace.textDocuments.some((document) => languages.match(selector, document) > 0);
    if (this.state === "idle" && isNeeded) void this.start();
  }

  /** Starts the server, or starts it anew because somebody wants so. */
  restart(): Promise<void> {
    this.limiter.reset();
    return this.start();
  }

  /** Starts the server anew if its settings have changed; one that was never needed is left alone. */
  restartIfStarted(): void {
    if (this.state === "idle") this.startIfNeeded();
    else void this.restart();
  }

  /** Starts the server anew if another one would be found by now. */
  async restartIfMoved(): Promise<void> {
    if (this.state === "idle") return;
    const search = await this.search();
    const isSame = "found" in search && JSON.stringify(search.found) === JSON.stringify(this.command);
    const isMissingStill = "absent" in search && this.state === "failed";
    if (!isSame && !isMissingStill) await this.restart();
  }

  /** Tells the server, if it runs, which part of its document an editor shows. */
  tellVisibleRange(editor: TextEditor): void {
    if (this.state === "running") void this.client?.sendVisibleRange(editor);
  }

  /** Tells the server, if it runs, that settings have changed. */
  async sendSettings(): Promise<void> {
    if (this.state !== "running") return;
    await this.client?.sendSettings();
    this.workspaceCheck.renew();
  }

  /** The connection to the server, which is started for this if need be; undefined where it cannot be. */
  async connection(): Promise<Client | undefined> {
    if (this.state === "idle") void this.start();
    await this.starting;
    return this.state === "running" ? this.client : undefined;
  }

  /** Stops the server. */
  async stop(): Promise<void> {
    this.lastAttempt++;
    this.state = "idle";
    this.status.hide();
    await this.end();
  }

  dispose(): void {
    void this.stop();
  }

  private start(): Promise<void> {
    this.state = "starting";
    this.status.show("starting", "The server is looked for and started.");
    this.starting = this.attempt(++this.lastAttempt);
    return this.starting;
  }

  private async attempt(attempt: number): Promise<void> {
    const isLast = (): boolean => attempt === this.lastAttempt;
    await this.end();
    const search = await this.search();
    if (!isLast()) return;
    this.command = undefined;
    if ("absent" in search) {
      this.fail(search.absent.message);
      this.reporter.onAbsence(search.absent);
      return;
    }
    this.command = search.found;
    this.output.info(
      `Starting ${[this.command.command, ...this.command.arguments].join(" ")} (${this.command.origin})`,
    );
    const client = new Client(this.spawn(this.command), this.output, this.activity, this.workspaceCheck);
    this.workspaceCheck.renew();
    client.onDidChangeState(({ oldState, newState }) => {
      const hasStopped = oldState === State.Running && newState === State.Stopped;
      if (hasStopped && client === this.client && this.state === "running") this.startAfterCrash();
    });
    this.client = client;
    const started = client.start().then(
      () => undefined,
      (error: unknown) => (error instanceof Error ? error.message : String(error)),
    );
    this.launch = started;
    const failure = await Promise.race([started, client.run.fault]);
    // The connection may break before it is known why.
    const reason = failure && (await Promise.race([client.run.fault, after(GRACE, failure)]));
    if (reason !== undefined) client.run.stop();
    else client.run.answered();
    if (!isLast()) return;
    if (reason === undefined) {
      this.state = "running";
      client.sendVisibleRanges();
      this.status.show("ready", this.description());
    } else {
      const message = `The server could not be started. ${this.command.command}: ${reason}`;
      this.fail(message);
      this.reporter.onFailure(message);
    }
  }

  private spawn({ command, arguments: args, isModule }: ServerCommand): ServerProcess {
    const folder = workspace.workspaceFolders?.[0]?.uri;
    const cwd = folder?.scheme === "file" ? folder.fsPath : this.safeFolder;
    return new ServerProcess(command, args, isModule ? safeStart(this.safeFolder) : { cwd });
  }

  private search(): Promise<Search> {
    return findServer(launchSettings(), surroundings(this.safeFolder, this.ownServer));
  }

  private startAfterCrash(): void {
    if (this.limiter.allowsRestart()) {
      this.output.warn("The server has stopped and is started again.");
      void this.start();
      return;
    }
    const minutes = String(this.limiter.period / 60_000);
    const crashes = String(this.limiter.maxRestarts + 1);
    const message = `The server has stopped ${crashes} times within ${minutes} minutes and is not started again${this.client?.run.lastWords() ?? ""}`;
    this.fail(message);
    this.reporter.onFailure(message);
  }

  private fail(message: string): void {
    this.state = "failed";
    this.activity.clear();
    this.status.show("failed", message);
    this.output.error(message);
  }

  private end(): Promise<void> {
    const { client, launch } = this;
    this.client = undefined;
    this.activity.clear();
    // One after the other: two connections cannot offer the same commands.
    if (client !== undefined) this.ending = this.ending.then(() => end(client, launch));
    return this.ending;
  }

  private description(): string {
    const version = this.client?.initializeResult?.serverInfo?.version;
    const lines = [this.command?.command, `from ${this.command?.origin ?? ""}`];
    return (version === undefined ? lines : [`version ${version}`, ...lines]).join("\n");
  }
}

async function end(client: Client, launch: Promise<unknown>): Promise<void> {
  // A client that is stopped while it starts goes on to offer its commands, and never takes them back.
  let timer: NodeJS.Timeout | undefined;
  const patience = new Promise((resolve) => {
    timer = setTimeout(resolve, PATIENCE);
  });
  await Promise.race([launch, patience]);
  clearTimeout(timer);
  try {
    await client.dispose();
  } catch {
    // It had ended by itself, or has never answered.
  }
  client.run.stop();
}

function after<T>(milliseconds: number, value: T): Promise<T> {
  return new Promise((resolve) => setTimeout(resolve, milliseconds, value));
}
