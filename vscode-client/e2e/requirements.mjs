// What the end-to-end run needs and cannot bring along.

import { accessSync, constants } from "node:fs";
import { delimiter, join } from "node:path";

/**
 * The programs of the run by their names; throws a Missing that says which one is not there.
 *
 * CODE_SERVER       the folder in which code-server was installed by npm
 * CODE_SERVER_NODE  the Node that it was installed with
 * CHROMIUM          the browser
 * GRU_LINT_WHEELS   a folder with the wheel of gru-lint; may be absent
 * GRU_LINT_SERVER   the server, in the environment that gru-lint was installed in
 */
export function requirements(environment = process.env) {
  const folder = environment.CODE_SERVER ?? "/nowhere";
  return {
    wheels: environment.GRU_LINT_WHEELS,
    codeServer: program(
      "code-server (CODE_SERVER)",
      [join(folder, "node_modules/code-server/out/node/entry.js")],
      constants.R_OK,
    ),
    codeServerNode: program("Node for code-server (CODE_SERVER_NODE)", [
      environment.CODE_SERVER_NODE ?? process.execPath,
    ]),
    chromium: program("Chromium (CHROMIUM)", [
      environment.CHROMIUM,
      ...onPath("chromium"),
      ...onPath("chromium-browser"),
    ]),
    server: program("gru-lint-server (GRU_LINT_SERVER)", [environment.GRU_LINT_SERVER, ...onPath("gru-lint-server")]),
  };
}

/** Something is not installed. */
export class Missing extends Error {}

function program(name, candidates, mode = constants.X_OK) {
  const found = candidates.find((candidate) => candidate !== undefined && isAccessible(candidate, mode));
  if (found === undefined) throw new Missing(`${name} was not found; CONTRIBUTING.md tells how to install it`);
  return found;
}

function onPath(name) {
  return (process.env.PATH ?? "").split(delimiter).map((folder) => join(folder, name));
}

function isAccessible(path, mode) {
  try {
    accessSync(path, mode);
    return true;
  } catch {
    return false;
  }
}
