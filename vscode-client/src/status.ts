import { type Disposable, StatusBarAlignment, ThemeColor, window } from "vscode";

export type Condition = "starting" | "ready" | "checking" | "failed";

const ICONS: Record<Condition, string> = {
  starting: "loading~spin",
  ready: "check",
  checking: "sync~spin",
  failed: "error",
};

/** The item in the status bar that shows how the server is. */
export class Status implements Disposable {
  private readonly item = window.createStatusBarItem("gruLint.status", StatusBarAlignment.Right, 100);

  constructor() {
    this.item.name = "gru-lint";
    this.item.command = "gruLint.showMenu";
  }

  /** Shows a condition, and what there is to say about it. */
  show(condition: Condition, remark: string): void {
    this.item.text = `$(${ICONS[condition]}) gru-lint`;
    this.item.tooltip = `gru-lint: ${condition}\n${remark}`;
    this.item.accessibilityInformation = { label: `gru-lint: ${condition}` };
    this.item.backgroundColor = condition === "failed" ? new ThemeColor("statusBarItem.errorBackground") : undefined;
    this.item.show();
  }

  /** Shows nothing: no document needs the server. */
  hide(): void {
    this.item.hide();
  }

  dispose(): void {
    this.item.dispose();
  }
}
