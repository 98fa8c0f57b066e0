import { type LogOutputChannel, type TextEditor, window, workspace } from "vscode";
import {
  CloseAction,
  DidChangeConfigurationNotification,
  DidOpenTextDocumentNotification,
  ErrorAction,
  type ErrorHandler,
  LanguageClient,
  type Middleware,
} from "vscode-languageclient/node";
import type { Activity } from "./activity";
import { currentSection, enabledLanguages, run as checkedAt } from "./configuration";
import type { ServerProcess } from "./serverProcess";
import { asksAt, documentSelector, SECTION, serverSettings } from "./settings";
import { traceChannel } from "./trace";
import type { WorkspaceCheck } from "./workspaceCheck";

/** A connection to one run of the server. It notes faults in the output and leaves it to others to tell of them. */
export class Client extends LanguageClient {
  constructor(
    readonly run: ServerProcess,
    output: LogOutputChannel,
    activity: Activity,
    workspaceCheck: WorkspaceCheck,
  ) {
    super(SECTION, "gru-lint", () => Promise.resolve(run.child), {
      documentSelector: documentSelector(enabledLanguages()),
      diagnosticCollectionName: "gru-lint",
      // Both events are listened to and one is passed over, so that the setting can change at any time.
      diagnosticPullOptions: {
        onChange: true,
        onSave: true,
        filter: (_document, event) => !asksAt(event, checkedAt()),
      },
      outputChannel: output,
      traceOutputChannel: traceChannel(output),
      initializationFailedHandler: () => false,
      errorHandler: NEVER_RESTART,
      middleware: middleware(activity, workspaceCheck),
    });
  }

  /** Tells the server that settings have changed. */
  sendSettings(): Promise<void> {
    const settings = { [SECTION]: serverSettings(currentSection(), workspace.isTrusted) };
    return this.sendNotification(DidChangeConfigurationNotification.type, { settings });
  }

  /** Tells the server which part of its document an editor shows: of a long one, that is judged first. */
  async sendVisibleRange(editor: TextEditor): Promise<void> {
    const [visible] = editor.visibleRanges;
    if (visible === undefined) return;
    const textDocument = this.code2ProtocolConverter.asTextDocumentIdentifier(editor.document);
    await this.sendNotification(VISIBLE_RANGE, { textDocument, range: this.code2ProtocolConverter.asRange(visible) });
  }

  /** Tells so of every document that is open and of each that will be; called once, when the server runs. */
  sendVisibleRanges(): void {
    for (const editor of window.visibleTextEditors) void this.sendVisibleRange(editor);
    this.getFeature(DidOpenTextDocumentNotification.method).onNotificationSent(({ params }) => {
      const editor = window.visibleTextEditors.find((shown) => this.uriOf(shown) === params.textDocument.uri);
      if (editor !== undefined) void this.sendVisibleRange(editor);
    });
  }

  private uriOf(editor: TextEditor): string {
    return this.code2ProtocolConverter.asUri(editor.document.uri);
  }

  override error(message: string, data?: unknown): void {
    super.error(message, data, false);
  }
}

/** The protocol has no message for this. */
const VISIBLE_RANGE = "gruLint/visibleRange";

const NEVER_RESTART: ErrorHandler = {
  error: (_error, _message, count) => ({
    action: (count ?? 0) <= 3 ? ErrorAction.Continue : ErrorAction.Shutdown,
    handled: true,
  }),
  closed: () => ({ action: CloseAction.DoNotRestart, handled: true, message: "The server has stopped." }),
};

function middleware(activity: Activity, workspaceCheck: WorkspaceCheck): Middleware {
  return {
    provideWorkspaceDiagnostics: (resultIds, token, resultReporter, next) =>
      workspaceCheck.takeTurn() ? next(resultIds, token, resultReporter) : { items: [] },
    provideDiagnostics: async (document, previousResultId, token, next) => {
      const pull = Symbol();
      activity.begin(pull);
      try {
        return await next(document, previousResultId, token);
      } finally {
        activity.end(pull);
      }
    },
    handleWorkDoneProgress: (token, params, next) => {
      if (params.kind === "begin") activity.begin(token);
      if (params.kind === "end") activity.end(token);
      next(token, params);
    },
    workspace: {
      configuration: async (params, token, next) => {
        const answers = await next(params, token);
        if (!Array.isArray(answers)) return answers;
        return answers.map((answer: Record<string, unknown> | null, index) =>
          params.items[index]?.section === SECTION ? serverSettings(answer ?? {}, workspace.isTrusted) : answer,
        );
      },
      // The server is told by `sendSettings`, whether or not it has registered for it.
      didChangeConfiguration: () => Promise.resolve(),
    },
  };
}
