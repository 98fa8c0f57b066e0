import { commands, type Disposable, type LogOutputChannel, ProgressLocation, type QuickPickItem, window } from "vscode";
import { ExecuteCommandRequest } from "vscode-languageclient/node";
import { Explanation } from "./explanation";
import { installWithPip } from "./install";
import { Notices } from "./notices";
import type { Server } from "./server";
import type { Absence } from "./serverPath";
import { SECTION } from "./settings";

/** The name under which the server offers to check every file. */
const CHECK_WORKSPACE = "gru-lint.checkWorkspace";

/** Registers what can be chosen in the command palette and in the menu of the status bar. */
export function registerCommands(
  server: Server,
  output: LogOutputChannel,
  install: () => Promise<void>,
): Pick<Disposable, "dispose">[] {
  const explanation = new Explanation(server);
  return [
    explanation,
    commands.registerCommand("gruLint.explain", () => explanation.show()),
    commands.registerCommand("gruLint.install", install),
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
  const { pip, isOwnUsed, message } = absence;
  const choices: Record<string, () => Thenable<unknown>> = {};
  if (isOwnUsed === true) choices["Install"] = () => commands.executeCommand("gruLint.install");
  if (pip !== undefined) {
    choices["Install with pip"] = async () => {
      if (await installWithPip(pip, safeFolder)) await server().restart();
    };
  }
  choices["Open Settings"] = openSettings;
  await notices.show("absence", `gru-lint: ${message}`, choices);
}

/** Says that the server has failed, and offers what can be done about it. */
export async function offerRestart(message: string): Promise<void> {
  await notices.show("failure", `gru-lint: ${message}`, {
    "Restart Server": () => commands.executeCommand("gruLint.restart"),
    "Show Output": () => commands.executeCommand("gruLint.showOutput"),
  });
}

/** Says that the server could not be fetched. */
export async function offerInstall(reason: string): Promise<void> {
  await notices.show("install", `gru-lint: The server could not be fetched: ${reason}`, {
    "Try Again": () => commands.executeCommand("gruLint.install"),
    "Show Output": () => commands.executeCommand("gruLint.showOutput"),
  });
}

const notices = new Notices((message, choices) => window.showErrorMessage(message, ...choices));

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
