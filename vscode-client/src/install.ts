import { spawn } from "node:child_process";
import { mkdir, rm } from "node:fs/promises";
import { createInterface } from "node:readline";
import {
  type CancellationToken,
  type LogOutputChannel,
  ProcessExecution,
  ProgressLocation,
  Task,
  TaskRevealKind,
  TaskScope,
  tasks,
  window,
  workspace,
} from "vscode";
import { type OwnServer, uvArguments, uvEnvironment } from "./ownServer";
import { fetchUv } from "./uv";

/** Installs gru-lint for an interpreter with pip, in a terminal; whether that succeeded. */
export async function installWithPip(interpreter: string, safeFolder: string): Promise<boolean> {
  const execution = new ProcessExecution(interpreter, ["-m", "pip", "install", "gru-lint"], { cwd: safeFolder });
  const scope = workspace.workspaceFolders === undefined ? TaskScope.Global : TaskScope.Workspace;
  const task = new Task({ type: "process" }, scope, "pip install gru-lint", "gru-lint", execution, []);
  task.presentationOptions = { reveal: TaskRevealKind.Always };
  const run = await tasks.executeTask(task);
  const exitCode = await new Promise<number | undefined>((resolve) => {
    const listener = tasks.onDidEndTaskProcess((event) => {
      if (event.execution !== run) return;
      listener.dispose();
      resolve(event.exitCode);
    });
  });
  if (exitCode !== 0) {
    void window.showErrorMessage(`gru-lint could not be installed for ${interpreter}; the terminal says why.`);
  }
  return exitCode === 0;
}

let installing: Promise<string | undefined> | undefined;

/** Fetches the extension's own server; what went wrong, or undefined. Asked twice at once, it does so once. */
export function installOwn(
  server: OwnServer,
  storage: string,
  version: string,
  output: LogOutputChannel,
): Promise<string | undefined> {
  installing ??= showProgress(server, storage, version, output).finally(() => (installing = undefined));
  return installing;
}

async function showProgress(
  server: OwnServer,
  storage: string,
  version: string,
  output: LogOutputChannel,
): Promise<string | undefined> {
  const options = {
    location: ProgressLocation.Notification,
    title: "gru-lint: fetching the server",
    cancellable: true,
  };
  return window.withProgress(options, async (progress, token) => {
    const abort = new AbortController();
    token.onCancellationRequested(() => {
      abort.abort();
    });
    try {
      await mkdir(server.folder, { recursive: true });
      const uv = await fetchUv(storage, `${process.platform}-${process.arch}`, abort.signal);
      progress.report({ message: "its environment" });
      await runUv(uv, server, version, output, token);
      return undefined;
    } catch (error) {
      // What is half there is of no use.
      await rm(server.folder, { recursive: true, force: true });
      if (token.isCancellationRequested) return "it was cancelled";
      return error instanceof Error ? error.message : String(error);
    }
  });
}

function runUv(
  uv: string,
  { folder }: OwnServer,
  version: string,
  output: LogOutputChannel,
  token: CancellationToken,
): Promise<void> {
  return new Promise((resolve, reject) => {
    const env = { ...process.env, ...uvEnvironment(folder, process.platform) };
    output.info(`${uv} ${uvArguments(version).join(" ")}`);
    const child = spawn(uv, uvArguments(version), { cwd: folder, env, windowsHide: true });
    let lastLine = "";
    createInterface({ input: child.stderr }).on("line", (line) => {
      output.info(line);
      if (line.trim() !== "") lastLine = line.trim();
    });
    child.stdout.resume();
    token.onCancellationRequested(() => child.kill());
    child.once("error", reject);
    child.once("close", (code) => {
      if (code === 0) resolve();
      else reject(new Error(lastLine === "" ? `uv ended with exit status ${String(code)}` : lastLine));
    });
  });
}
