// Installs the packaged extension in a real editor with the real server, and uses it: node e2e/run.mjs [FOLDER [SESSION ...]]
// The pictures go to FOLDER, by default e2e-results; the sessions are the functions at the end, all of them by default. CONTRIBUTING.md tells what must be installed.

import assert from "node:assert/strict";
import { execFileSync } from "node:child_process";
import { mkdirSync, mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { dirname, join, resolve } from "node:path";
import { Editor } from "./editor.mjs";
import { Missing, requirements } from "./requirements.mjs";

const WATSON =
  "Mr Watson goes on a business trip every Wednesday. He always takes a flight to New York, and on every trip her wife\n" +
  "wishes him good luck.\n";
const MRS_WATSON = "Mrs Watson, his wife, loves cooking, and he is also a businesswoman.\n";
const KING = "🎉 The king hurt herself.\n";
const FILES = {
  "trip.md": `# A business trip\n\n${WATSON}\n${MRS_WATSON}`,
  "notes.txt": KING,
  "blank.txt": "",
  "drafts/letter.md": "The queen hurt himself.\n",
};
// Judging it takes long enough to be seen, and finds nothing.
const NOVEL = Array.from({ length: 2000 }, (_, day) => `On day ${day} the king of house ${day} hurt himself badly.\n`);
const COLUMN_OF_HER = WATSON.indexOf("her wife") + 1;

const pictures = resolve(process.argv[2] ?? "e2e-results");
let n_failed = 0;

async function step(editor, name, action) {
  const begin = Date.now();
  const seconds = () => `${((Date.now() - begin) / 1000).toFixed(1)} s`;
  try {
    await action();
    console.log(`ok       ${name} (${seconds()})`);
  } catch (error) {
    n_failed++;
    console.log(`FAILED   ${name} (${seconds()}): ${String(error.message).split("\n")[0]}`);
    await picture(editor, `failed-${name.replaceAll(" ", "-")}`).catch(() => undefined);
    for (const line of editor.output()) console.log(`         ${line}`);
    await editor.page.keyboard.press("Escape").catch(() => undefined);
  }
}

async function picture(editor, name) {
  await editor.page.mouse.move(0, 0);
  await editor.page.waitForTimeout(500);
  await editor.page.screenshot({ path: join(pictures, `${name}.png`) });
}

async function lint(programs, vsix) {
  const environment = { VIRTUAL_ENV: dirname(dirname(programs.server)) };
  const files = { ...FILES, "novel.txt": NOVEL.join("\n") };
  const editor = await Editor.open(programs, vsix, files, { environment });
  const { page } = editor;
  const check = (name, action) => step(editor, name, action);
  try {
    await check("squiggle", async () => {
      await editor.openFile("trip.md");
      await editor.squiggles(2);
      await editor.status("ready");
      assert.deepEqual((await editor.conditions()).slice(0, 2), ["starting", "ready"]);
    });
    await check("problems with the antecedent", async () => {
      await editor.showProblems();
      const rows = await editor.texts(".markers-panel-container .monaco-list-row");
      assert.ok(rows.some((row) => /"her" refers to "Mr Watson".*gru-lint.*PA001.*Ln 3, Col 108/.test(row)));
      assert.ok(
        rows.some((row) => /^trip\.md.*Ln 3, Col 1\b.*refers to "Mr Watson"/.test(row)),
        rows.join("; "),
      );
      // What is not open is not checked unasked.
      assert.ok(!rows.some((row) => row.startsWith("letter.md") || row.startsWith("notes.txt")), rows.join("; "));
      await picture(editor, "problems");
    });
    await check("go to definition", async () => {
      await editor.goTo(3, COLUMN_OF_HER + 1);
      await page.keyboard.press("F12");
      await editor.until("the cursor is at Mr Watson", async () => /^Ln 3, Col 1(?!\d)/.test(await editor.position()));
    });
    await check("hover", async () => {
      await editor.goTo(3, COLUMN_OF_HER + 1);
      await editor.command("Show or Focus Hover");
      const hover = page.locator(".monaco-hover", { hasText: "is taken for" }).first();
      await hover.waitFor();
      const text = (await hover.innerText()).replace(/\s+/g, " ");
      assert.match(text, /her is taken for Mr Watson \(\d+%\)/);
      assert.match(text, /masculine \(he\) \d+\.\d%/);
      assert.match(text, /PA001 gender-mismatch/);
      await picture(editor, "hover");
      await page.keyboard.press("Escape");
    });
    await check("explain a pronoun", async () => {
      await editor.goTo(3, COLUMN_OF_HER + 1);
      await editor.command("gru-lint: Explain This Pronoun");
      const shown = page.frameLocator("iframe.webview.ready").frameLocator("#active-frame");
      await shown.getByText("Both measures agree").first().waitFor();
      assert.match(await shown.locator("body").innerText(), /refers to "Mr Watson"/);
      await picture(editor, "explain");
      await editor.command("View: Close Editors in Other Groups");
      await page.locator("iframe.webview").waitFor({ state: "detached" });
    });
    await check("severity follows its setting", async () => {
      editor.set({ "gruLint.severity": "error" });
      try {
        await editor.squiggles(2, "error");
        editor.set({ "gruLint.severity": { all: "error", "gender-mismatch": "information" } });
        await editor.squiggles(2, "info");
      } finally {
        editor.set({});
      }
      await editor.squiggles(2);
    });
    await check("quick fix", async () => {
      await editor.goTo(3, COLUMN_OF_HER + 1);
      const fix = page.locator(".action-widget .monaco-list-row", { hasText: 'Replace "her" with "his"' });
      // Findings that come anew, as after a setting, close the menu.
      await editor.until("the fix is offered", async () => {
        await page.keyboard.press("Escape");
        await page.keyboard.press("Control+.");
        return fix.waitFor({ timeout: 5000 }).then(
          () => true,
          () => false,
        );
      });
      await picture(editor, "quick-fix");
      await fix.click();
      await editor.squiggles(1);
      await page.keyboard.press("Control+KeyS");
      await editor.until("it is saved", () => editor.read("trip.md").includes("on every trip his wife"));
      assert.equal(editor.read("trip.md"), FILES["trip.md"].replace("her wife", "his wife"));
    });
    await check("menu of the status bar", async () => {
      await page.locator("#gru-lint\\.gru-lint\\.gruLint\\.status").click();
      await page.locator(".quick-input-list .monaco-list-row", { hasText: "Restart Server" }).waitFor();
      await picture(editor, "menu");
      await page.keyboard.press("Escape");
    });
    await check("languages follow their setting", async () => {
      await editor.openFile("notes.txt");
      await editor.squiggles(1);
      editor.set({ "gruLint.languages": ["markdown"] });
      await editor.squiggles(0);
      editor.set({});
      await editor.squiggles(1);
    });
    await check("quick fix after an emoji", async () => {
      await editor.goTo(1, KING.indexOf("herself") + 1);
      await page.keyboard.press("Control+.");
      await page.locator(".action-widget .monaco-list-row", { hasText: 'with "himself"' }).click();
      await editor.squiggles(0);
      await page.keyboard.press("Control+KeyS");
      await editor.until("it is saved", () => editor.read("notes.txt") === KING.replace("herself", "himself"));
      await page.keyboard.press("Control+KeyZ");
      await editor.squiggles(1);
    });
    await check("checks on save alone", async () => {
      await editor.openFile("blank.txt");
      editor.set({ "gruLint.run": "onSave" });
      await page.waitForTimeout(1000);
      try {
        await page.locator(".monaco-editor .view-lines").first().click();
        await page.keyboard.type(KING.slice(3));
        await page.waitForTimeout(2000);
        assert.equal(await page.locator(".squiggly-warning").count(), 0);
        await page.keyboard.press("Control+KeyS");
        await editor.squiggles(1);
      } finally {
        editor.set({});
      }
    });
    await check("messages are traced", async () => {
      editor.set({ "gruLint.trace.server": "messages" });
      await editor.command("gru-lint: Show Output");
      await page
        .locator(".output-view .view-line", { hasText: /Sending\s(notification|request)/ })
        .first()
        .waitFor();
      editor.set({});
    });
    await check("fix all in file", async () => {
      await editor.openFile("trip.md");
      await page.locator(".monaco-editor .view-lines").first().click();
      await page.keyboard.press("Control+KeyZ");
      await editor.squiggles(2);
      await editor.command("gru-lint: Fix All in File");
      await editor.squiggles(0);
      await page.keyboard.press("Control+KeyS");
      const fixed = FILES["trip.md"].replace("her wife", "his wife").replace("and he is", "and she is");
      await editor.until("it is saved", () => editor.read("trip.md") === fixed);
      await page.keyboard.press("Control+KeyZ");
      await editor.squiggles(2);
    });
    await check("the status bar shows that a long file is checked", async () => {
      const n_shown = (await editor.conditions()).length;
      await editor.openFile("novel.txt");
      await editor.until("it has been checked", async () => {
        const since = (await editor.conditions()).slice(n_shown);
        return since.includes("checking") && since.at(-1) === "ready";
      });
      await editor.squiggles(0);
    });
    await check("check workspace", async () => {
      await editor.command("gru-lint: Check Workspace");
      const rows = async () => editor.texts(".markers-panel-container .monaco-list-row");
      await editor.until("the file that is not open is listed", async () =>
        (await rows()).some((row) => /"himself" refers to "The queen".*PA004.*Ln 1, Col 16/.test(row)),
      );
      await picture(editor, "workspace");
      await editor.openFile("trip.md");
      await page.keyboard.press("Control+KeyS");
      await page.waitForSelector('.tab.active[data-resource-name="trip.md"]:not(.dirty)');
      await page.keyboard.press("Control+KeyW");
      await page.waitForSelector('.tab[data-resource-name="trip.md"]', { state: "detached" });
      await editor.until("it is listed though it is closed", async () =>
        (await rows()).some((row) => row.startsWith("trip.md")),
      );
      await editor.openFile("trip.md");
    });
    await check("restart by hand", async () => {
      const [before] = editor.serverProcesses();
      await editor.command("gru-lint: Restart Server");
      assert.notEqual(before, undefined);
      await editor.until("another server runs", () => editor.serverProcesses().some((id) => id !== before));
      await editor.status("ready");
      await editor.squiggles(2);
    });
    await check("restart after crashes, and an end of it", async () => {
      for (let crash = 1; crash <= 6; crash++) {
        const n_shown = (await editor.conditions()).length;
        const [server] = editor.serverProcesses();
        process.kill(server, "SIGKILL");
        if (crash === 6) break;
        // The status bar may say "ready" of the old one for a moment.
        await editor.until("another server is ready", async () => {
          const since = (await editor.conditions()).slice(n_shown);
          return since.includes("starting") && since.at(-1) === "ready";
        });
      }
      await editor.notification("stopped 6 times within 3 minutes");
      await editor.status("failed");
      await picture(editor, "failed");
      await page.locator(".notification-list-item", { hasText: "stopped 6 times" }).getByText("Restart Server").click();
      await editor.status("ready");
      await editor.squiggles(2);
    });
  } finally {
    await editor.close();
  }
}

async function install(programs, vsix) {
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

/** What a machine without a Python set up for gru-lint has: the programs of the system alone. */
const BARE = "/usr/bin:/bin";

async function own(programs, vsix) {
  if (programs.wheels === undefined) {
    console.log("SKIPPED: the extension's own server: GRU_LINT_WHEELS names no folder with the wheel of gru-lint");
    return;
  }
  // Found where the version of the extension is not on PyPI yet; all that it needs comes from there.
  // A shell that starts in an empty home adds nothing to the PATH.
  const home = mkdtempSync(join(tmpdir(), "gru-lint-home-"));
  const environment = { PATH: BARE, HOME: home, UV_FIND_LINKS: programs.wheels };
  const editor = await Editor.open(programs, vsix, FILES, { environment });
  const { page } = editor;
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
    rmSync(home, { recursive: true, force: true });
  }
}

async function faults(programs, vsix) {
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

async function notebook(programs, vsix) {
  const cell = (text) => ({ cell_type: "markdown", metadata: {}, source: [text] });
  const cells = [
    cell("# A letter\n\nThe king wrote a letter."),
    { ...cell("king = 1"), cell_type: "code", outputs: [], execution_count: null },
  ];
  const text = { cells: [...cells, cell("Then the king hurt herself.")], metadata: {}, nbformat: 4, nbformat_minor: 5 };
  const environment = { VIRTUAL_ENV: dirname(dirname(programs.server)) };
  const editor = await Editor.open(programs, vsix, { "letter.ipynb": JSON.stringify(text) }, { environment });
  const { page } = editor;
  const check = (name, action) => step(editor, name, action);
  try {
    await check("findings sit in the cell of a notebook", async () => {
      // As long as VS Code has not read what its own extensions bring, it opens a notebook as text.
      await editor.until("it is opened as a notebook", async () => {
        await page.keyboard.press("Control+KeyW");
        await page.locator(".explorer-folders-view .monaco-list-row", { hasText: "letter.ipynb" }).first().dblclick();
        const list = page.locator(".notebookOverlay .cell-list-container").first();
        return list.waitFor({ timeout: 10_000 }).then(
          () => true,
          () => false,
        );
      });
      await editor.showProblems();
      const rows = () => editor.texts(".markers-panel-container .monaco-list-row");
      await editor.until("it is listed", async () =>
        (await rows()).some((row) => /"herself" refers to "the king".*Ln 1, Col 20/.test(row)),
      );
    });
    await check("an open cell shows the squiggle", async () => {
      await page.locator(".markers-panel-container .monaco-list-row", { hasText: "herself" }).first().dblclick();
      await page.locator(".notebookOverlay .squiggly-warning").first().waitFor();
      await picture(editor, "notebook");
    });
  } finally {
    await editor.close();
  }
}

async function trust(programs, vsix) {
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

let programs;
try {
  programs = requirements();
} catch (error) {
  if (!(error instanceof Missing)) throw error;
  console.log(`SKIPPED: ${error.message}`);
  process.exit(process.env.E2E_REQUIRED === undefined ? 0 : 1);
}
mkdirSync(pictures, { recursive: true });
const vsix = join(pictures, "gru-lint.vsix");
execFileSync("npm", ["run", "--silent", "package", "--", "--out", vsix], { stdio: ["ignore", "ignore", "inherit"] });
const sessions = { lint, install, own, faults, notebook, trust };
const chosen = process.argv.length > 3 ? process.argv.slice(3) : Object.keys(sessions);
for (const name of chosen) await sessions[name](programs, vsix);
console.log(n_failed === 0 ? "passed" : `${n_failed} failed`);
process.exitCode = n_failed === 0 ? 0 : 1;
