// A workspace that is not trusted.

import assert from "node:assert/strict";
import { Editor } from "../editor.mjs";
import { FILES, step } from "../session.mjs";

export default async function trust(programs, vsix) {
  // Servers that leave a trace where they are run.
  const server = (trace) => `#!/bin/sh\ntouch "$(dirname "$0")/../../${trace}"\nexec '${programs.server}' "$@"\n`;
  const files = {
    ...FILES,
    ".vscode/settings.json": JSON.stringify({ "gruLint.path": "${workspaceFolder}/tools/bin/server" }),
    "tools/bin/server": server("run-from-settings"),
    ".venv/bin/gru-lint-server": server("run-from-environment"),
  };
  const settings = { "security.workspace.trust.startupPrompt": "never", "security.workspace.trust.banner": "never" };
  const editor = await Editor.open(programs, vsix, files, { settings, isTrusted: false });
  const { page } = editor;
  const check = (name, action) => step(editor, name, action);
  const wasRun = (trace) => {
    try {
      return editor.read(trace) === "";
    } catch {
      return false;
    }
  };
  try {
    await check("nothing of an untrusted workspace is run", async () => {
      await editor.openFile("trip.md");
      await editor.notification("found neither in a Python environment nor on the PATH");
      assert.deepEqual([wasRun("run-from-settings"), wasRun("run-from-environment")], [false, false]);
    });
    await check("trust makes its settings count", async () => {
      await editor.command("Workspaces: Manage Workspace Trust");
      await page.locator(".workspace-trust-editor .monaco-button", { hasText: "Trust" }).first().click();
      await editor.until("its server is run", () => wasRun("run-from-settings"));
      await editor.status("ready");
    });
  } finally {
    await editor.close();
  }
}
