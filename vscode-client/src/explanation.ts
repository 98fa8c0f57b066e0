import { type Disposable, ViewColumn, type WebviewPanel, window } from "vscode";
import { pageOf } from "./explanationPage";
import type { Server } from "./server";

/** The request by which the server is asked. */
const EXPLAIN = "gruLint/explain";

/** The page about one pronoun, beside the editor; there is one at a time. */
export class Explanation implements Disposable {
  private panel: WebviewPanel | undefined;

  constructor(private readonly server: Server) {}

  /** Shows what the server makes of the pronoun under the cursor. */
  async show(): Promise<void> {
    const editor = window.activeTextEditor;
    if (editor === undefined) return;
    const connection = await this.server.connection();
    // Where there is no server, that has been told already.
    if (connection === undefined) return;
    const { document, selection } = editor;
    const place = connection.code2ProtocolConverter.asTextDocumentPositionParams(document, selection.active);
    let page: string | undefined;
    try {
      page = pageOf(await connection.sendRequest<unknown>(EXPLAIN, place));
    } catch {
      void window.showWarningMessage(
        "gru-lint: this server cannot explain a pronoun. To get a newer one: pip install --upgrade gru-lint",
      );
      return;
    }
    if (page === undefined) {
      void window.showInformationMessage("gru-lint: put the cursor into a pronoun, such as he, her or itself.");
      return;
    }
    this.opened(document.getText(document.getWordRangeAtPosition(selection.active))).webview.html = page;
  }

  dispose(): void {
    this.panel?.dispose();
  }

  private opened(word: string): WebviewPanel {
    if (this.panel === undefined) {
      const options = { enableScripts: false, enableCommandUris: false, enableForms: false, localResourceRoots: [] };
      const place = { viewColumn: ViewColumn.Beside, preserveFocus: true };
      this.panel = window.createWebviewPanel("gruLint.explanation", "gru-lint", place, options);
      this.panel.onDidDispose(() => {
        this.panel = undefined;
      });
    }
    this.panel.title = `gru-lint: ${word}`;
    return this.panel;
  }
}
