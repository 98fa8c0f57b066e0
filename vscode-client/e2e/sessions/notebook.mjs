// The cells of a notebook.

import { dirname } from "node:path";
import { Editor } from "../editor.mjs";
import { picture, step } from "../session.mjs";

export default async function notebook(programs, vsix) {
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
