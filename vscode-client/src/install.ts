import { ProcessExecution, ShellExecution, Task, TaskRevealKind, TaskScope, tasks, window, workspace } from "vscode";
import { environmentInterpreter } from "./serverPath";
import { surroundings } from "./surroundings";

/** Installs gru-lint for the interpreter of the active environment, in a terminal; whether that succeeded. */
export async function installInTerminal(safeFolder: string): Promise<boolean> {
  const interpreter = await environmentInterpreter(surroundings(safeFolder));
  const execution =
    interpreter === undefined
      ? new ShellExecution("pip install gru-lint")
      : new ProcessExecution(interpreter, ["-m", "pip", "install", "gru-lint"], { cwd: safeFolder });
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
    void window.showErrorMessage(
      "gru-lint could not be installed; the terminal says why. It needs Python 3.10 or later.",
    );
  }
  return exitCode === 0;
}
