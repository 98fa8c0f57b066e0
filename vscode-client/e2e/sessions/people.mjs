// Who is in a text: the outline, hints beside the pronouns, lenses over the headings, and a person renamed with a preview.

import assert from "node:assert/strict";
import { dirname } from "node:path";
import { Editor } from "../editor.mjs";
import { picture, step } from "../session.mjs";

const STORY =
  "# At the station\n\n" +
  "Mary Olsen met John on the platform. She was late, and he scolded her.\n\n" +
  "# At home\n\n" +
  "Mary put her coat away. John made himself some tea.\n";
const RENAMED = STORY.replace("Mary Olsen", "Martin Olsen")
  .replace("She was", "He was")
  .replace("scolded her", "scolded him")
  .replace("Mary put her", "Martin put his");

export default async function people(programs, vsix) {
  const environment = { VIRTUAL_ENV: dirname(dirname(programs.server)) };
  const editor = await Editor.open(programs, vsix, { "story.md": STORY }, { environment });
  const { page } = editor;
  const check = (name, action) => step(editor, name, action);
  const lenses = () => editor.texts(".codelens-decoration");
  try {
    await check("nothing is shown beside the text unasked", async () => {
      await editor.openFile("story.md");
      await editor.status("ready");
      await page.waitForTimeout(2000);
      assert.deepEqual(await lenses(), []);
      assert.equal(await page.locator(".view-line", { hasText: "→" }).count(), 0);
    });
    await check("the outline lists the people", async () => {
      await editor.command("Explorer: Focus on Outline View");
      // Beside the outline of Markdown ours has a heading of its own, which is closed where it came late.
      const rows = () => editor.texts(".outline-tree .monaco-list-row");
      await editor.until("there is an outline", async () => (await rows()).length > 0);
      const closed = page.locator('.outline-tree .monaco-list-row[aria-expanded="false"]', { hasText: /^gru-lint/ });
      if (await closed.count()) await closed.locator(".monaco-tl-twistie").click();
      await page.locator(".outline-tree .monaco-list-row", { hasText: "Mary Olsen" }).first().waitFor();
      // So that all of it is seen.
      await page.locator(".pane-header", { hasText: "book" }).click();
      await editor.until("John is listed", async () =>
        (await rows()).some((row) => row.startsWith("John2 names, 2 pronouns")),
      );
      assert.equal((await rows()).filter((row) => row.startsWith("her")).length, 2, (await rows()).join("; "));
      await picture(editor, "outline");
    });
    await check("hints name the antecedents once they are asked for", async () => {
      editor.set({ "gruLint.inlayHints": true });
      const text = async () => (await page.locator(".view-lines").first().innerText()).replace(/\s+/g, " ");
      await editor.until("they are shown", async () => ((await text()).match(/→/g) ?? []).length === 5);
      assert.match(await text(), /She ?→ Mary Olsen .* he ?→ John .* her ?→ Mary Olsen/);
    });
    await check("lenses name the people of a section once they are asked for", async () => {
      editor.set({ "gruLint.inlayHints": true, "gruLint.codeLens": true });
      await editor.until("they are shown", async () => (await lenses()).length === 2);
      assert.ok(
        (await lenses()).every((text) => text.includes("Mary") && text.includes("John")),
        (await lenses()).join("; "),
      );
      await picture(editor, "hints");
      editor.set({});
      await editor.until("they are gone", async () => (await lenses()).length === 0);
    });
    await check("renaming a person is previewed", async () => {
      await editor.goTo(3, 2);
      await page.keyboard.press("F2");
      const name = page.locator(".rename-input");
      await name.waitFor();
      assert.match(await name.inputValue(), /^Mary/);
      await name.fill("Martin Olsen");
      await page.keyboard.press("Control+Enter");
      await page.getByRole("button", { name: "Apply" }).first().waitFor();
      const rows = await editor.texts("#workbench\\.parts\\.panel .monaco-list-row");
      assert.ok(
        rows.some((row) => row.includes("SheHe was late")),
        rows.join("; "),
      );
      await picture(editor, "rename");
      await page.getByRole("button", { name: "Apply" }).first().click();
    });
    await check("a rename changes the name and the pronouns", async () => {
      await page.waitForSelector('.tab.active[data-resource-name="story.md"].dirty');
      await page.keyboard.press("Control+KeyS");
      await editor.until("it is saved", () => editor.read("story.md") !== STORY);
      assert.equal(editor.read("story.md"), RENAMED);
    });
  } finally {
    await editor.close();
  }
}
