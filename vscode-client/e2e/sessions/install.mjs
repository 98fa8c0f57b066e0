// A Python environment without gru-lint, and a wrong path in the settings.

import assert from "node:assert/strict";
import { Editor } from "../editor.mjs";
import { FILES, step } from "../session.mjs";

export default async function install(programs, vsix) {
  // A pip that notes what it is asked for and installs the server.
  const python = [
    "#!/bin/sh",
    `if [ "$1" = -c ]; then echo '{"version": [3, 11], "isManaged": false, "hasPip": true}'; exit; fi`,
    'folder=$(dirname "$0")',
    'echo "$*" > "$folder/asked"',
    `ln -s '${programs.server}' "$folder/gru-lint-server"`,
  ];
  const files = { ...FILES, ".venv/bin/python": `${python.join("\n")}\n` };
  const editor = await Editor.open(programs, vsix, files);
  const { page } = editor;
  const check = (name, action) => step(editor, name, action);
  try {
    await check("a missing server is told of", async () => {
      await editor.openFile("trip.md");
      await editor.notification("/.venv/bin/python");
      await editor.status("failed");
    });
    await check("it is installed in a terminal and started", async () => {
      await page.locator(".notification-list-item").getByText("Install with pip").click();
      await editor.squiggles(2);
      await editor.status("ready");
      assert.equal(editor.read(".venv/bin/asked"), "-m pip install gru-lint\n");
    });
    await check("a wrong setting is told of", async () => {
      editor.set({ "gruLint.path": "/nowhere/gru-lint-server" });
      await editor.notification('names "/nowhere/gru-lint-server", which is no program');
    });
    await check("a right setting starts the server without a reload", async () => {
      await editor.squiggles(0);
      // On a busy machine VS Code may overlook that a file has changed right after it was read.
      await editor.until("the server is found", async () => {
        editor.set({ "gruLint.path": programs.server });
        await page.waitForTimeout(5000);
        return editor.serverProcesses().length > 0;
      });
      await editor.squiggles(2);
      await editor.status("ready");
    });
  } finally {
    await editor.close();
  }
}
