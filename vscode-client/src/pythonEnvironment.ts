import { type Disposable, type Uri, extensions, workspace } from "vscode";

// The part that is used of https://github.com/microsoft/vscode-python/blob/main/pythonExtensionApi/src/main.ts
interface EnvironmentPath {
  readonly path: string;
}
interface ResolvedEnvironment {
  readonly executable: { readonly uri: Uri | undefined };
}
interface PythonApi {
  readonly environments?: {
    getActiveEnvironmentPath(resource?: Uri): EnvironmentPath;
    resolveEnvironment(path: EnvironmentPath): Promise<ResolvedEnvironment | undefined>;
    onDidChangeActiveEnvironmentPath(listener: () => void): Disposable;
  };
}

/** How long the Python extension may take: it starts slowly, but a server must not wait for it in vain. */
const PATIENCE = 10_000;

/** The interpreter that is selected in the Python extension; undefined where there is none. */
export async function activeInterpreter(): Promise<string | undefined> {
  const environments = (await pythonApi())?.environments;
  if (environments === undefined) return undefined;
  try {
    const path = environments.getActiveEnvironmentPath(workspace.workspaceFolders?.[0]?.uri);
    return (await within(PATIENCE, environments.resolveEnvironment(path)))?.executable.uri?.fsPath;
  } catch {
    return undefined;
  }
}

/** Calls a listener whenever another interpreter is selected in the Python extension. */
export async function onDidChangeInterpreter(listener: () => void): Promise<Disposable | undefined> {
  return (await pythonApi())?.environments?.onDidChangeActiveEnvironmentPath(listener);
}

async function pythonApi(): Promise<PythonApi | undefined> {
  const extension = extensions.getExtension<PythonApi | undefined>("ms-python.python");
  if (extension === undefined) return undefined;
  try {
    return await within(PATIENCE, Promise.resolve(extension.activate()));
  } catch {
    return undefined;
  }
}

async function within<T>(milliseconds: number, promise: Promise<T>): Promise<T | undefined> {
  let timer: NodeJS.Timeout | undefined;
  const patience = new Promise<undefined>((resolve) => {
    timer = setTimeout(resolve, milliseconds, undefined);
  });
  try {
    return await Promise.race([promise, patience]);
  } finally {
    clearTimeout(timer);
  }
}
