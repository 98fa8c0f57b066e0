// Installs the packaged extension in a real editor with the real server, and uses it: node e2e/run.mjs [FOLDER [SESSION ...]]
// The pictures go to FOLDER, by default e2e-results; the sessions are the files of e2e/sessions, all of them by default. CONTRIBUTING.md tells what must be installed.

import { execFileSync } from "node:child_process";
import { mkdirSync, readdirSync } from "node:fs";
import { basename, join } from "node:path";
import { Missing, requirements } from "./requirements.mjs";
import { results } from "./session.mjs";

const folder = new URL("sessions/", import.meta.url);

let programs;
try {
  programs = requirements();
} catch (error) {
  if (!(error instanceof Missing)) throw error;
  console.log(`SKIPPED: ${error.message}`);
  process.exit(process.env.E2E_REQUIRED === undefined ? 0 : 1);
}
mkdirSync(results.pictures, { recursive: true });
const vsix = join(results.pictures, "gru-lint.vsix");
execFileSync("npm", ["run", "--silent", "package", "--", "--out", vsix], { stdio: ["ignore", "ignore", "inherit"] });
const known = readdirSync(folder).map((file) => basename(file, ".mjs"));
const chosen = process.argv.length > 3 ? process.argv.slice(3) : known;
for (const name of chosen) {
  const { default: session } = await import(new URL(`${name}.mjs`, folder));
  await session(programs, vsix);
}
console.log(results.n_failed === 0 ? "passed" : `${results.n_failed} failed`);
process.exitCode = results.n_failed === 0 ? 0 : 1;
