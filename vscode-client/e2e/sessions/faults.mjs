// Servers that do not start, and what is said of them.

import assert from "node:assert/strict";
import { Editor } from "../editor.mjs";
import { FILES, picture, step } from "../session.mjs";

export default async function faults(programs, vsix) {
  const servers = {
    "silent/server": "#!/bin/sh\necho 'still loading the model' >&2\nexec sleep 1000\n",
    "chatty/server": "#!/bin/sh\necho 'Welcome to this shell'\nexec sleep 1000\n",
    "broken/server": "#!/bin/sh\necho 'ModuleNotFoundError: no spacy' >&2\nexit 1\n",
  };
  const settings = { "gruLint.path": "${workspaceFolder}/broken/server" };
  const editor = await Editor.open(programs, vsix, { ...FILES, ...servers }, { settings });
  const { page } = editor;
  const check = (name, action) => step(editor, name, action);
  const messages = () => page.locator(".notification-list-item", { hasText: "could not be started" });
  const restart = () => messages().first().getByText("Restart Server").click();
  try {
    await check("a server that ends is told of with its last line", async () => {
      await editor.openFile("trip.md");
      await editor.notification("it ended with exit status 1; the last it said: ModuleNotFoundError: no spacy");
    });
    await check("errors do not pile up", async () => {
      for (let time = 0; time < 3; time++) {
        const n_shown = (await editor.conditions()).length;
        await editor.command("gru-lint: Restart Server");
        await editor.until("it has failed again", async () =>
          (await editor.conditions()).slice(n_shown).includes("failed"),
        );
      }
      assert.equal(await messages().count(), 1);
      await picture(editor, "errors");
    });
    await check("a server that prints rubbish is told of", async () => {
      editor.set({ "gruLint.path": "${workspaceFolder}/chatty/server" });
      await page.waitForTimeout(5000);
      await restart();
      await editor.notification('it prints what is no message of a language server: "Welcome to this shell"');
    });
    await check("a server that says nothing is stopped and told of", async () => {
      editor.set({ "gruLint.path": "${workspaceFolder}/silent/server" });
      await page.waitForTimeout(5000);
      await restart();
      await editor.notification("it has not answered within 20 s; the last it said: still loading the model");
      await editor.status("failed");
    });
  } finally {
    await editor.close();
  }
}
