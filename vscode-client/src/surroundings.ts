import { execFile } from "node:child_process";
import { constants } from "node:fs";
import { access, stat } from "node:fs/promises";
import { homedir } from "node:os";
import { promisify } from "node:util";
import { workspace } from "vscode";
import { activeInterpreter } from "./pythonEnvironment";
import { PIP_QUESTION, pipFault } from "./pip";
import type { Surroundings } from "./serverPath";

/** What is installed on this machine and open in this window. */
export function surroundings(safeFolder: string, ownServer: string): Surroundings {
  return {
    platform: process.platform,
    environment: process.env,
    home: homedir(),
    workspaceFolders: (workspace.workspaceFolders ?? []).map((folder) => folder.uri.fsPath),
    isTrusted: workspace.isTrusted,
    activeInterpreter,
    isProgram,
    hasServer: (interpreter) => hasServer(interpreter, safeFolder),
    pipFault: async (interpreter) => pipFault(await ask(interpreter, PIP_QUESTION, safeFolder)),
    ownServer,
  };
}

/** How and where Python is started so that no file of the workspace passes for one of its modules. */
export function safeStart(safeFolder: string): { cwd: string; env: NodeJS.ProcessEnv } {
  return { cwd: safeFolder, env: { ...process.env, PYTHONSAFEPATH: "1" } };
}

async function isProgram(path: string): Promise<boolean> {
  try {
    await access(path, constants.X_OK);
    return (await stat(path)).isFile();
  } catch {
    return false;
  }
}

async function hasServer(interpreter: string, safeFolder: string): Promise<boolean> {
  return (await ask(interpreter, "import gru_lint_server; print('yes')", safeFolder)) !== "";
}

/** What a line of Python prints; nothing where it fails. */
async function ask(interpreter: string, question: string, safeFolder: string): Promise<string> {
  try {
    const options = { ...safeStart(safeFolder), timeout: 10_000 };
    return (await promisify(execFile)(interpreter, ["-c", question], options)).stdout.trim();
  } catch {
    return "";
  }
}
