// Installs the packaged extension in a real editor with the real server, and uses it: node e2e/run.mjs [FOLDER]
// The pictures go to FOLDER, by default e2e-results. CONTRIBUTING.md tells what must be installed.

import assert from "node:assert/strict";
import { execFileSync } from "node:child_process";
import { mkdirSync } from "node:fs";
import { dirname, join, resolve } from "node:path";
import { Editor } from "./editor.mjs";
import { Missing, requirements } from "./requirements.mjs";

/** Steps that may fail, because the server does not offer yet what they use. */
const PENDING = new Set([
  "go to definition",
  "fix all in file",
  "check workspace",
  "severity follows its setting",
  "checks on save alone",
]);

const WATSON =
  "Mr Watson goes on a business trip every Wednesday. He always takes a flight to New York, and on every trip her wife\n" +
  "wishes him good luck.\n";
const MRS_WATSON = "Mrs Watson, his wife, loves cooking, and he is also a businesswoman.\n";
const KING = "🎉 The king hurt herself.\n";
const FILES = { "trip.md": `# A business trip\n\n${WATSON}\n${MRS_WATSON}`, "notes.txt": KING, "blank.txt": "" };
const COLUMN_OF_HER = WATSON.indexOf("her wife") + 1;

const pictures = resolve(process.argv[2] ?? "e2e-results");
let n_failed = 0;

async function step(editor, name, action) {
  const begin = Date.now();
  const seconds = () => `${((Date.now() - begin) / 1000).toFixed(1)} s`;
  try {
    await action();
    console.log(
      `ok       ${name} (${seconds()})${PENDING.has(name) ? ": is no longer pending, take it off the list" : ""}`,
    );
  } catch (error) {
    const isPending = PENDING.has(name);
    if (!isPending) n_failed++;
    console.log(
      `${isPending ? "pending " : "FAILED  "} ${name} (${seconds()}): ${String(error.message).split("\n")[0]}`,
    );
    if (!isPending) {
      await picture(editor, `failed-${name.replaceAll(" ", "-")}`).catch(() => undefined);
      for (const line of editor.output()) console.log(`         ${line}`);
    }
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
  const editor = await Editor.open(programs, vsix, FILES, { environment });
  const { page } = editor;
  const check = (name, action) => step(editor, name, action);
  try {
    await check("squiggle", async () => {
      await editor.openFile("trip.md");
      await editor.squiggles(2);
      await editor.status("ready");
    });
    await check("problems with the antecedent", async () => {
      await editor.showProblems();
      const rows = await editor.texts(".markers-panel-container .monaco-list-row");
      assert.ok(rows.some((row) => /"her" refers to "Mr Watson".*gru-lint.*PA001.*Ln 3, Col 108/.test(row)));
      assert.ok(rows.some((row) => /^trip\.md.*refers to "Mr Watson"/.test(row) && row.includes("Ln 3, Col 1")));
      await picture(editor, "problems");
    });
    await check("go to definition", async () => {
      await editor.goTo(3, COLUMN_OF_HER + 1);
      await page.keyboard.press("F12");
      await editor.until(
        "the cursor is at Mr Watson",
        async () => /^Ln 3, Col 1(?!\d)/.test(await editor.position()),
        5000,
      );
    });
    await check("severity follows its setting", async () => {
      editor.set({ "gruLint.severity": "error" });
      try {
        await editor.until("errors", async () => (await page.locator(".squiggly-error").count()) === 2, 5000);
      } finally {
        editor.set({});
      }
      await editor.squiggles(2);
    });
    await check("quick fix", async () => {
      await editor.goTo(3, COLUMN_OF_HER + 1);
      await page.keyboard.press("Control+.");
      await page.locator(".action-widget .monaco-list-row", { hasText: 'Replace "her" with "his"' }).waitFor();
      await picture(editor, "quick-fix");
      await page.locator(".action-widget .monaco-list-row", { hasText: 'Replace "her" with "his"' }).click();
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
      await page.locator(".output-view .view-line", { hasText: "Sending notification" }).first().waitFor();
      editor.set({});
    });
    await check("fix all in file", async () => {
      await page.locator(".monaco-editor .view-lines").first().click();
      await editor.command("gru-lint: Fix All in File");
      await editor.until("it is fixed", async () => (await page.locator(".squiggly-warning").count()) === 0, 5000);
      await page.keyboard.press("Control+KeyZ");
      await editor.squiggles(1);
    });
    await check("check workspace", async () => {
      await editor.command("gru-lint: Check Workspace");
      await page
        .locator(".notification-list-item", { hasText: "cannot check a whole workspace" })
        .waitFor({ timeout: 3000 })
        .then(
          () => assert.fail("the server does not offer it"),
          () => undefined,
        );
      await editor.until(
        "problems are shown",
        async () => (await editor.texts(".markers-panel-container .monaco-list-row")).length > 0,
        5000,
      );
    });
    await check("restart by hand", async () => {
      const [before] = editor.serverProcesses();
      await editor.command("gru-lint: Restart Server");
      await editor.until("another server runs", () => editor.serverProcesses().some((id) => id !== before));
      await editor.status("ready");
      await editor.squiggles(1);
    });
    await check("restart after crashes, and an end of it", async () => {
      for (let crash = 1; crash <= 6; crash++) {
        const [server] = editor.serverProcesses();
        process.kill(server, "SIGKILL");
        if (crash === 6) break;
        await editor.until("another server runs", () => editor.serverProcesses().some((id) => id !== server));
        await editor.status("ready");
      }
      await editor.notification("stopped 6 times within 3 minutes");
      await editor.status("failed");
      await picture(editor, "failed");
      await page.locator(".notification-list-item", { hasText: "stopped 6 times" }).getByText("Restart Server").click();
      await editor.status("ready");
      await editor.squiggles(1);
    });
  } finally {
    await editor.close();
  }
}

async function install(programs, vsix) {
  // A pip that notes what it is asked for and installs the server.
  const python = [
    "#!/bin/sh",
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
      await editor.notification("pip install gru-lint");
      await editor.status("failed");
      await picture(editor, "install");
    });
    await check("it is installed in a terminal and started", async () => {
      await page.locator(".notification-list-item").getByText("Install in Terminal").click();
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
      editor.set({ "gruLint.path": programs.server });
      await editor.squiggles(2);
      await editor.status("ready");
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
      await editor.notification("pip install gru-lint");
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
for (const session of [lint, install, trust]) await session(programs, vsix);
console.log(n_failed === 0 ? "passed" : `${n_failed} failed`);
process.exitCode = n_failed === 0 ? 0 : 1;
