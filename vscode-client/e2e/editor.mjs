// A real editor: code-server with a profile of its own, and a browser that looks at it.

import { execFile, spawn } from "node:child_process";
import { mkdirSync, mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { createServer } from "node:net";
import { tmpdir } from "node:os";
import { dirname, join } from "node:path";
import { promisify } from "node:util";
import { chromium } from "playwright-core";

const QUIET_SETTINGS = {
  "workbench.startupEditor": "none",
  "workbench.reduceMotion": "on",
  "workbench.tips.enabled": false,
  "workbench.secondarySideBar.defaultVisibility": "hidden",
  "chat.disableAIFeatures": true,
  "telemetry.telemetryLevel": "off",
  "update.mode": "none",
  "extensions.autoUpdate": false,
  "extensions.autoCheckUpdates": false,
  "files.autoSave": "off",
  "editor.minimap.enabled": false,
  "editor.wordWrap": "on",
};

const PATIENCE = 90_000;

/** An editor window on a workspace, with nothing but the extension installed. */
export class Editor {
  /**
   * @param programs from requirements()
   * @param vsix the extension's package
   * @param files the workspace: contents by path
   * @param options settings, variables of the environment, whether every workspace is trusted
   */
  static async open(programs, vsix, files, { settings = {}, environment = {}, isTrusted = true } = {}) {
    const editor = new Editor(programs);
    try {
      await editor.start(vsix, files, { settings, environment, isTrusted });
    } catch (error) {
      await editor.close();
      throw error;
    }
    return editor;
  }

  constructor(programs) {
    this.programs = programs;
    this.folder = mkdtempSync(join(tmpdir(), "gru-lint-e2e-"));
    this.workspace = join(this.folder, "book");
  }

  async start(vsix, files, { settings, environment, isTrusted }) {
    for (const [path, content] of Object.entries(files)) {
      mkdirSync(dirname(join(this.workspace, path)), { recursive: true });
      writeFileSync(join(this.workspace, path), content, { mode: content.startsWith("#!") ? 0o755 : 0o644 });
    }
    this.set(settings);
    const { codeServer, codeServerNode } = this.programs;
    const profile = [
      "--user-data-dir",
      join(this.folder, "profile"),
      "--extensions-dir",
      join(this.folder, "extensions"),
    ];
    await promisify(execFile)(codeServerNode, [codeServer, ...profile, "--install-extension", vsix]);
    const port = await freePort();
    const address = `127.0.0.1:${port}`;
    const quiet = [
      "--auth",
      "none",
      "--disable-telemetry",
      "--disable-update-check",
      "--disable-getting-started-override",
    ];
    const trust = isTrusted ? ["--disable-workspace-trust"] : [];
    this.codeServer = spawn(codeServerNode, [codeServer, ...profile, ...quiet, ...trust, "--bind-addr", address], {
      env: { ...process.env, VIRTUAL_ENV: "", ...environment },
      stdio: "ignore",
    });
    await this.until(
      "code-server answers",
      async () => (await fetch(`http://${address}/healthz`).catch(() => undefined))?.ok,
    );
    this.browser = await chromium.launch({
      executablePath: this.programs.chromium,
      args: [
        "--no-sandbox",
        "--disable-gpu",
        "--disable-background-networking",
        "--disable-component-update",
        "--disable-sync",
      ],
    });
    this.page = await (await this.browser.newContext({ viewport: { width: 1024, height: 640 } })).newPage();
    this.page.setDefaultTimeout(PATIENCE);
    await this.page.addInitScript(keepConditions);
    await this.page.goto(`http://${address}/?folder=${this.workspace}`, { waitUntil: "domcontentloaded" });
    await this.page.waitForSelector(".explorer-folders-view .monaco-list-row");
  }

  async close() {
    await this.browser?.close();
    if (this.codeServer !== undefined && this.codeServer.exitCode === null) {
      const ended = new Promise((resolve) => this.codeServer.once("exit", resolve));
      this.codeServer.kill();
      await ended;
    }
    rmSync(this.folder, { recursive: true, force: true, maxRetries: 5, retryDelay: 200 });
  }

  /** Replaces the settings; those of the machine are written as well, since either may be read first. */
  set(settings) {
    for (const level of ["User", "Machine"]) {
      const file = join(this.folder, "profile", level, "settings.json");
      mkdirSync(dirname(file), { recursive: true });
      writeFileSync(file, JSON.stringify({ ...QUIET_SETTINGS, ...settings }, undefined, 2));
    }
  }

  /** What is saved in a file of the workspace. */
  read(path) {
    return readFileSync(join(this.workspace, path), "utf8");
  }

  async openFile(name) {
    await this.page.locator(".explorer-folders-view .monaco-list-row", { hasText: name }).first().dblclick();
    await this.page.waitForSelector(`.tab.active[data-resource-name="${name}"]`);
    await this.page.waitForSelector(".monaco-editor .view-line");
  }

  /** Puts the cursor at a line and a column, both counted from 1. */
  async goTo(line, column) {
    await this.page.locator(".monaco-editor .view-lines").first().click();
    await this.page.keyboard.press("Control+KeyG");
    await this.page.locator(".quick-input-widget input").fill(`:${line}:${column}`);
    await this.page.keyboard.press("Enter");
    // The status bar counts an emoji as one column, the protocol as two: the line has to do.
    await this.until(`the cursor is in line ${line}`, async () => (await this.position()).startsWith(`Ln ${line},`));
  }

  async position() {
    return this.page.locator("#status\\.editor\\.selection").innerText();
  }

  /** Runs a command by its name in the command palette, which lists what was there when it was opened. */
  async command(name) {
    const row = this.page.locator(".quick-input-list .monaco-list-row", { hasText: name }).first();
    await this.until(`the command "${name}" is listed`, async () => {
      await this.page.keyboard.press("F1");
      await this.page.locator(".quick-input-widget input").fill(`>${name}`);
      const isListed = await row.waitFor({ timeout: 5000 }).then(
        () => true,
        () => false,
      );
      if (!isListed) await this.page.keyboard.press("Escape");
      return isListed;
    });
    await row.click();
  }

  async squiggles(count, severity = "warning") {
    await this.until(
      `${count} squiggles`,
      async () => (await this.page.locator(`.squiggly-${severity}`).count()) === count,
    );
  }

  /** Shows the view Problems. */
  async showProblems() {
    await this.command("Problems: Focus on Problems View");
    await this.page.waitForSelector(".markers-panel-container .monaco-list-row");
  }

  /** Waits for a notification that has these words. */
  async notification(words) {
    await this.page.locator(".notification-list-item", { hasText: words }).first().waitFor();
  }

  /** Waits until the item in the status bar says so. */
  async status(condition) {
    await this.page
      .locator(`#gru-lint\\.gru-lint\\.gruLint\\.status [aria-label="gru-lint: ${condition}"]`)
      .waitFor({ state: "attached" });
  }

  /** Every condition that the item in the status bar has shown, in order. */
  async conditions() {
    return this.page.evaluate(() => globalThis.gruLintConditions);
  }

  async texts(selector) {
    return (await this.page.locator(selector).allInnerTexts()).map((text) => text.replace(/\s+/g, " ").trim());
  }

  /** The last lines of what the extension has written in its output. */
  output() {
    const profile = join(this.folder, "profile");
    const logs = readdirSync(profile, { recursive: true }).filter((path) => path.endsWith("gru-lint.log"));
    return logs.flatMap((path) => readFileSync(join(profile, path), "utf8").trimEnd().split("\n")).slice(-20);
  }

  /** The processes of the language server that this editor has started. */
  serverProcesses() {
    const parents = new Map();
    const servers = [];
    for (const id of readdirSync("/proc")
      .filter((entry) => /^\d+$/.test(entry))
      .map(Number)) {
      try {
        parents.set(id, Number(readFileSync(`/proc/${id}/stat`, "utf8").match(/\) \S (\d+)/)?.[1]));
        if (readFileSync(`/proc/${id}/cmdline`, "utf8").match(/gru[-_]lint[-_]server/)) servers.push(id);
      } catch {
        // It has ended meanwhile.
      }
    }
    const isOurs = (id) => id === this.codeServer.pid || (parents.has(id) && isOurs(parents.get(id)));
    return servers.filter(isOurs);
  }

  async until(what, isSo, patience = PATIENCE) {
    const end = Date.now() + patience;
    while (!(await isSo())) {
      if (Date.now() > end) throw new Error(`waited in vain until ${what}`);
      await new Promise((resolve) => setTimeout(resolve, 100));
    }
  }
}

/** Runs in the page, before the editor: a condition may last but a moment. */
function keepConditions() {
  const shown = (globalThis.gruLintConditions = []);
  const look = () => {
    const label = document
      .querySelector('[id$="gruLint.status"] [aria-label^="gru-lint: "]')
      ?.getAttribute("aria-label");
    const condition = label?.replace("gru-lint: ", "");
    if (condition !== undefined && condition !== shown.at(-1)) shown.push(condition);
  };
  new MutationObserver(look).observe(document, { subtree: true, childList: true, attributeFilter: ["aria-label"] });
}

async function freePort() {
  const server = createServer().listen(0, "127.0.0.1");
  await new Promise((resolve) => server.once("listening", resolve));
  const { port } = server.address();
  await new Promise((resolve) => server.close(resolve));
  return port;
}
