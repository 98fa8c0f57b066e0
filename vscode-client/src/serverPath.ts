// Finds the language server. Looks at nothing but the `Surroundings` it is given.

import { type PlatformPath, posix, win32 } from "node:path";
import { expandPath, type LaunchSettings } from "./settings";

/** What the search can see. */
export interface Surroundings {
  readonly platform: NodeJS.Platform;
  readonly environment: Readonly<Record<string, string | undefined>>;
  readonly home: string;
  readonly workspaceFolders: readonly string[];
  readonly isTrusted: boolean;
  /** The interpreter that the Python extension has selected, if there is one. */
  activeInterpreter(): Promise<string | undefined>;
  isProgram(path: string): Promise<boolean>;
  /** Whether an interpreter can import the server. */
  hasServer(interpreter: string): Promise<boolean>;
  /** Why pip cannot install into an interpreter, after its name; undefined where it can. */
  pipFault(interpreter: string): Promise<string | undefined>;
  /** The script of the server that the extension keeps for itself, whether or not it is there. */
  readonly ownServer: string;
}

/** A server that can be started. */
export interface ServerCommand {
  readonly command: string;
  readonly arguments: readonly string[];
  /** Where it was found, to be read by a person. */
  readonly origin: string;
  /** Whether Python itself is started, which would look for modules in the folder it is started in. */
  readonly isModule: boolean;
}

/** Why no server can be started. */
export interface Absence {
  /** What a person can do about it: correct a setting, or install gru-lint. */
  readonly remedy: "settings" | "install";
  readonly message: string;
  /** The interpreter that the message names, into which pip can install gru-lint. */
  readonly pip?: string;
  /** Whether a server of the extension's own would be used. */
  readonly isOwnUsed?: boolean;
}

export type Search = { readonly found: ServerCommand } | { readonly absent: Absence };

/** The server that the settings name; else that of the Python environment; else that on the PATH; else the extension's own. */
export async function findServer(settings: LaunchSettings, around: Surroundings): Promise<Search> {
  const places = { home: around.home, workspaceFolder: around.workspaceFolders[0] };
  const path = expandPath(settings.path, places);
  if (path !== "") return serverAtPath(path, settings, around);
  const interpreter = expandPath(settings.interpreter, places);
  if (interpreter !== "") return serverOfInterpreter(interpreter, settings, around);

  if (settings.importStrategy === "fromEnvironment") {
    for (const [python, origin] of await environments(around)) {
      const script = await scriptBeside(python, around);
      if (script !== undefined) return found(script, settings, origin);
    }
    const script = await onPath(scriptName(around), around);
    if (script !== undefined) return found(script, settings, "the PATH");
  }
  if (await around.isProgram(around.ownServer)) return found(around.ownServer, settings, "the extension's own");
  if (settings.importStrategy === "useBundled") {
    const message = "The extension has not fetched its own language server yet, which gruLint.importStrategy asks for.";
    return { absent: { remedy: "install", message, isOwnUsed: true } };
  }
  return { absent: { remedy: "install", isOwnUsed: true, ...(await absence(around)) } };
}

async function absence(around: Surroundings): Promise<Pick<Absence, "message" | "pip">> {
  const message = "The language server was found neither in a Python environment nor on the PATH.";
  const interpreter = await environmentInterpreter(around);
  if (interpreter === undefined) return { message };
  const fault = await around.pipFault(interpreter);
  if (fault !== undefined) return { message: `${message} ${interpreter} ${fault}; the extension can keep its own.` };
  return {
    message: `${message} The extension can keep its own, or pip can install it for ${interpreter}.`,
    pip: interpreter,
  };
}

/** The interpreter of the environment in which pip would install gru-lint. */
export async function environmentInterpreter(around: Surroundings): Promise<string | undefined> {
  for (const [python] of await environments(around)) {
    if (await around.isProgram(python)) return python;
  }
  const names = around.platform === "win32" ? ["python.exe", "py.exe"] : ["python3", "python"];
  for (const name of names) {
    const python = await onPath(name, around);
    if (python !== undefined) return python;
  }
  return undefined;
}

async function serverAtPath(path: string, settings: LaunchSettings, around: Surroundings): Promise<Search> {
  const paths = pathsOf(around);
  const folder = around.workspaceFolders[0];
  let program: string | undefined;
  if (!/[\\/]/.test(path)) program = await onPath(path, around);
  else if (paths.isAbsolute(path)) program = path;
  else if (folder !== undefined) program = paths.join(folder, path);
  if (program !== undefined && (await around.isProgram(program))) {
    return found(program, settings, "the setting gruLint.path");
  }
  return { absent: { remedy: "settings", message: `The setting gruLint.path names "${path}", which is no program.` } };
}

async function serverOfInterpreter(named: string, settings: LaunchSettings, around: Surroundings): Promise<Search> {
  const interpreter = /[\\/]/.test(named) ? named : await onPath(named, around);
  const origin = "the setting gruLint.interpreter";
  if (interpreter === undefined || !(await around.isProgram(interpreter))) {
    const message = `The setting gruLint.interpreter names "${named}", which is no program.`;
    return { absent: { remedy: "settings", message } };
  }
  const script = await scriptBeside(interpreter, around);
  if (script !== undefined) return found(script, settings, origin);
  if (await around.hasServer(interpreter)) {
    const command = ["-m", "gru_lint_server", ...settings.arguments];
    return { found: { command: interpreter, arguments: command, origin, isModule: true } };
  }
  const message = `gru-lint is not installed for "${named}", which the setting gruLint.interpreter names.`;
  const fault = await around.pipFault(interpreter);
  if (fault === undefined) return { absent: { remedy: "install", message, pip: interpreter } };
  const remark = `That ${fault}: name another one, or none, and the extension can keep its own.`;
  return { absent: { remedy: "settings", message: `${message} ${remark}` } };
}

/** The interpreters of the environments that may hold the server, with where each comes from. */
async function environments(around: Surroundings): Promise<[string, string][]> {
  const found: [string, string][] = [];
  // What lies in a workspace is not run before the workspace is trusted.
  const active = around.isTrusted ? await around.activeInterpreter() : undefined;
  if (active !== undefined) found.push([active, "the active Python environment"]);
  const activated = around.environment["VIRTUAL_ENV"];
  if (activated !== undefined && activated !== "") found.push([interpreterIn(activated, around), "VIRTUAL_ENV"]);
  for (const folder of around.isTrusted ? around.workspaceFolders : []) {
    const environment = pathsOf(around).join(folder, ".venv");
    found.push([interpreterIn(environment, around), environment]);
  }
  return found;
}

function interpreterIn(environment: string, around: Surroundings): string {
  const paths = pathsOf(around);
  return around.platform === "win32"
    ? paths.join(environment, "Scripts", "python.exe")
    : paths.join(environment, "bin", "python");
}

async function scriptBeside(interpreter: string, around: Surroundings): Promise<string | undefined> {
  const paths = pathsOf(around);
  const folder = paths.dirname(interpreter);
  // Conda on Windows has its interpreter one folder above its scripts.
  const folders = around.platform === "win32" ? [folder, paths.join(folder, "Scripts")] : [folder];
  for (const candidate of folders.map((each) => paths.join(each, scriptName(around)))) {
    if (await around.isProgram(candidate)) return candidate;
  }
  return undefined;
}

async function onPath(name: string, around: Surroundings): Promise<string | undefined> {
  const paths = pathsOf(around);
  const folders = (around.environment["PATH"] ?? around.environment["Path"] ?? "").split(paths.delimiter);
  const names = around.platform === "win32" && !/\.exe$/i.test(name) ? [`${name}.exe`] : [name];
  // An entry that is not absolute would lead into the workspace.
  for (const folder of folders.filter((each) => paths.isAbsolute(each))) {
    for (const each of names) {
      const candidate = paths.join(folder, each);
      if (await around.isProgram(candidate)) return candidate;
    }
  }
  return undefined;
}

function found(command: string, settings: LaunchSettings, origin: string): Search {
  return { found: { command, arguments: settings.arguments, origin, isModule: false } };
}

function scriptName(around: Surroundings): string {
  return around.platform === "win32" ? "gru-lint-server.exe" : "gru-lint-server";
}

function pathsOf(around: Surroundings): PlatformPath {
  return around.platform === "win32" ? win32 : posix;
}
