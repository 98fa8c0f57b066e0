import { commands, type Disposable, type LogOutputChannel, ProgressLocation, type QuickPickItem, window } from "vscode";
import { ExecuteCommandRequest } from "vscode-languageclient/node";
import { Explanation } from "./explanation";
import { installInTerminal } from "./install";
import type { Server } from "./server";
import type { Absence } from "./serverPath";
import { SECTION } from "./settings";

/** The name under which the server offers to check every file. */
const CHECK_WORKSPACE = "gru-lint.checkWorkspace";

/** Registers what can be chosen in the command palette and in the menu of the status bar. */
export function registerCommands(server: Server, output: LogOutputChannel): Pick<Disposable, "dispose">[] {
  const explanation = new Explanation(server);
  return [
    explanation,
    commands.registerCommand("gruLint.explain", () => explanation.show()),
    commands.registerCommand("gruLint.restart", () => server.restart()),
    commands.registerCommand("gruLint.showOutput", () => {
      output.show();
    }),
    commands.registerCommand("gruLint.checkWorkspace", () => checkWorkspace(server)),
    commands.registerCommand("gruLint.fixAll", () =>
      commands.executeCommand("editor.action.sourceAction", { kind: "source.fixAll.gru-lint", apply: "first" }),
    ),
    commands.registerCommand("gruLint.showMenu", showMenu),
  ];
}

/** Says why there is no server, and offers what can be done about it. */
export async function offerRemedy(absence: Absence, server: () => Server, safeFolder: string): Promise<void> {
  if (absence.remedy === "settings") {
    await offer(`gru-lint: ${absence.message}`, { "Open Settings": openSettings });
    return;
  }
  await offer(`gru-lint: ${absence.message} To install it: pip install gru-lint`, {
    "Install in Terminal": async () => {
      if (await installInTerminal(safeFolder)) await server().restart();
    },
    "Open Settings": openSettings,
  });
}

/** Says that the server has failed, and offers what can be done about it. */
export async function offerRestart(message: string): Promise<void> {
  await offer(`gru-lint: ${message}`, {
    "Restart Server": () => commands.executeCommand("gruLint.restart"),
    "Show Output": () => commands.executeCommand("gruLint.showOutput"),
  });
}

async function offer(message: string, choices: Record<string, () => Thenable<unknown>>): Promise<void> {
  const choice = await window.showErrorMessage(message, ...Object.keys(choices));
  if (choice !== undefined) await choices[choice]?.();
}

function openSettings(): Thenable<unknown> {
  return commands.executeCommand("workbench.action.openSettings", SECTION);
}

async function showMenu(): Promise<void> {
  const entries: (QuickPickItem & { choose: () => Thenable<unknown> })[] = [
    { label: "$(refresh) Restart Server", choose: () => commands.executeCommand("gruLint.restart") },
    { label: "$(output) Show Output", choose: () => commands.executeCommand("gruLint.showOutput") },
    { label: "$(gear) Open Settings", choose: openSettings },
    { label: "$(checklist) Check Workspace", choose: () => commands.executeCommand("gruLint.checkWorkspace") },
  ];
  await (await window.showQuickPick(entries, { placeHolder: "gru-lint" }))?.choose();
}

async function checkWorkspace(server: Server): Promise<void> {
  const connection = await server.connection();
  // Where there is no server, that has been told already.
  if (connection === undefined) return;
  const offered = connection.initializeResult?.capabilities.executeCommandProvider?.commands ?? [];
  if (!offered.includes(CHECK_WORKSPACE)) {
    void window.showWarningMessage(
      "gru-lint: this server cannot check a whole workspace. To get a newer one: pip install --upgrade gru-lint",
    );
    return;
  }
  const options = {
    location: ProgressLocation.Notification,
    title: "gru-lint: checking the workspace",
    cancellable: true,
  };
  try {
    const isChecked = await window.withProgress(options, async (_, token) => {
      try {
        await connection.sendRequest(ExecuteCommandRequest.type, { command: CHECK_WORKSPACE, arguments: [] }, token);
        return true;
      } catch (error) {
        if (token.isCancellationRequested) return false;
        throw error;
      }
    });
    if (!isChecked) return;
    server.workspaceCheck.begin();
    await commands.executeCommand("workbench.actions.view.problems");
  } catch (error) {
    await offerRestart(`The workspace could not be checked: ${error instanceof Error ? error.message : String(error)}`);
  }
}
