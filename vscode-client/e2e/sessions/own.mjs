// The extension's own server, on a machine that has none.

import { existsSync, mkdtempSync, readdirSync, rmSync, symlinkSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { Editor } from "../editor.mjs";
import { FILES, picture, step } from "../session.mjs";

/** The programs of the system, which are all that a machine has on which nothing was set up for gru-lint. */
const SYSTEM = ["/usr/bin", "/bin"];

/** A folder with links to the programs of the system but any Python. */
function withoutPython() {
  const folder = mkdtempSync(join(tmpdir(), "gru-lint-programs-"));
  for (const from of SYSTEM)
    for (const name of readdirSync(from))
      if (!/python|pypy/.test(name) && !existsSync(join(folder, name)))
        symlinkSync(join(from, name), join(folder, name));
  return folder;
}

export default async function own(programs, vsix) {
  if (programs.wheels === undefined) {
    console.log("SKIPPED: the extension's own server: GRU_LINT_WHEELS names no folder with the wheel of gru-lint");
    return;
  }
  // Found where the version of the extension is not on PyPI yet; all that it needs comes from there.
  // A shell that starts in an empty home adds nothing to the PATH.
  const home = mkdtempSync(join(tmpdir(), "gru-lint-home-"));
  // Where uv finds a Python among the programs, it takes that; else it fetches one, by default from GitHub.
  const fetches = process.env.E2E_FETCHES_PYTHON !== undefined;
  const path = fetches ? [withoutPython()] : SYSTEM;
  const environment = { PATH: path.join(":"), HOME: home, UV_FIND_LINKS: programs.wheels };
  const editor = await Editor.open(programs, vsix, FILES, { environment });
  const { page } = editor;
  const python = path.find((folder) => existsSync(join(folder, "python3")));
  console.log(`note     ${python === undefined ? "no Python is there: uv fetches one" : `uv takes ${python}/python3`}`);
  const check = (name, action) => step(editor, name, action);
  try {
    await check("a machine without gru-lint is told what can be done", async () => {
      await editor.openFile("trip.md");
      await editor.notification("found neither in a Python environment nor on the PATH");
      await picture(editor, "install");
    });
    await check("one click fetches a server of the extension's own", async () => {
      await page.locator(".notification-list-item").getByText("Install", { exact: true }).click();
      await editor.until(
        "it is fetched and finds both",
        async () => (await page.locator(".squiggly-warning").count()) === 2,
        600_000,
      );
      await editor.status("ready");
    });
    await check("the walkthrough shows its pictures", async () => {
      await editor.command("Welcome: Open Walkthrough...");
      await page.locator(".quick-input-list .monaco-list-row", { hasText: "Start with gru-lint" }).click();
      await page.locator(".getting-started-step", { hasText: "Install the server" }).first().waitFor();
      const shown = page.locator(".getting-started-media img").first();
      await editor.until("the picture is there", () => shown.evaluate((image) => image.naturalWidth > 0));
      await picture(editor, "walkthrough");
    });
  } finally {
    await editor.close();
    for (const folder of fetches ? [home, ...path] : [home]) rmSync(folder, { recursive: true, force: true });
  }
}
