// Findings, hover, definition, fixes, settings, the status bar and crashes, with the server of an environment.

import assert from "node:assert/strict";
import { dirname } from "node:path";
import { Editor } from "../editor.mjs";
import { FILES, KING, WATSON, picture, step } from "../session.mjs";

// Judging it takes long enough to be seen, and finds nothing.
const NOVEL = Array.from({ length: 2000 }, (_, day) => `On day ${day} the king of house ${day} hurt himself badly.\n`);
const COLUMN_OF_HER = WATSON.indexOf("her wife") + 1;

export default async function lint(programs, vsix) {
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
