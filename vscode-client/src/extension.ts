import { type ExtensionContext, window, workspace } from "vscode";
import { offerInstall, offerRemedy, offerRestart, registerCommands } from "./commands";
import { affectsLaunch, affectsSection } from "./configuration";
import { installOwn } from "./install";
import { ownServer } from "./ownServer";
import { onDidChangeInterpreter } from "./pythonEnvironment";
import { Server } from "./server";
import { Status } from "./status";

/** How long, in milliseconds, the settings must rest before the server is started anew. */
const REST = 500;

let server: Server | undefined;

/** Called by VS Code once it has started; the server itself waits for a document that it can check. */
export function activate(context: ExtensionContext): void {
  const output = window.createOutputChannel("gru-lint", { log: true });
  const status = new Status();
  const version = (context.extension.packageJSON as { version: string }).version;
  const storage = context.globalStorageUri.fsPath;
  const own = ownServer(storage, version, process.platform);
  const install = async (): Promise<void> => {
    const fault = await installOwn(own, storage, version, output);
    if (fault === undefined) await started.restart();
    else await offerInstall(fault);
  };
  const started: Server = new Server(context.extensionPath, own.script, output, status, {
    onAbsence: (absence) => void offerRemedy(absence, () => started, context.extensionPath),
    onFailure: (message) => void offerRestart(message),
  });
  server = started;

  let timer: NodeJS.Timeout | undefined;
  context.subscriptions.push(
    output,
    status,
    started,
    ...registerCommands(started, output, install),
    workspace.onDidOpenTextDocument(() => {
      started.startIfNeeded();
    }),
    window.onDidChangeTextEditorVisibleRanges(({ textEditor }) => {
      started.tellVisibleRange(textEditor);
    }),
    workspace.onDidSaveTextDocument(() => {
      started.workspaceCheck.renew();
    }),
    workspace.onDidCloseTextDocument(() => {
      started.workspaceCheck.renew();
    }),
    workspace.onDidChangeConfiguration((event) => {
      if (affectsLaunch(event)) {
        clearTimeout(timer);
        timer = setTimeout(() => {
          started.restartIfStarted();
        }, REST);
      } else if (affectsSection(event)) void started.sendSettings();
    }),
    workspace.onDidGrantWorkspaceTrust(() => {
      void started.sendSettings().then(() => started.restartIfMoved());
    }),
  );
  void onDidChangeInterpreter(() => void started.restartIfMoved()).then((subscription) => {
    if (subscription !== undefined) context.subscriptions.push(subscription);
  });
  started.startIfNeeded();
}

/** Called by VS Code before it ends. */
export async function deactivate(): Promise<void> {
  await server?.stop();
}
