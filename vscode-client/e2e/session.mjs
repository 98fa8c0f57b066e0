// What sessions share: the texts of their workspaces, their steps, and where the pictures go.

import { join, resolve } from "node:path";

export const WATSON =
  "Mr Watson goes on a business trip every Wednesday. He always takes a flight to New York, and on every trip her wife\n" +
  "wishes him good luck.\n";
const MRS_WATSON = "Mrs Watson, his wife, loves cooking, and he is also a businesswoman.\n";
export const KING = "🎉 The king hurt herself.\n";
export const FILES = {
  "trip.md": `# A business trip\n\n${WATSON}\n${MRS_WATSON}`,
  "notes.txt": KING,
  "blank.txt": "",
  "drafts/letter.md": "The queen hurt himself.\n",
};

/** Where the pictures go, and how many steps have failed. */
export const results = { pictures: resolve(process.argv[2] ?? "e2e-results"), n_failed: 0 };

/** One step of a session: what it is called and how it ended go to the console. */
export async function step(editor, name, action) {
  const begin = Date.now();
  const seconds = () => `${((Date.now() - begin) / 1000).toFixed(1)} s`;
  try {
    await action();
    console.log(`ok       ${name} (${seconds()})`);
  } catch (error) {
    results.n_failed++;
    console.log(`FAILED   ${name} (${seconds()}): ${String(error.message).split("\n")[0]}`);
    await picture(editor, `failed-${name.replaceAll(" ", "-")}`).catch(() => undefined);
    for (const line of editor.output()) console.log(`         ${line}`);
    await editor.page.keyboard.press("Escape").catch(() => undefined);
  }
}

/** Takes a picture of the window. */
export async function picture(editor, name) {
  await editor.page.mouse.move(0, 0);
  await editor.page.waitForTimeout(500);
  await editor.page.screenshot({ path: join(results.pictures, `${name}.png`) });
}
