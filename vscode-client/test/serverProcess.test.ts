import assert from "node:assert/strict";
import { describe, test } from "node:test";
import { ServerProcess } from "../src/serverProcess";

/** Checks what is said of a program, given as JavaScript. */
async function check(program: string, wanted: RegExp, patience?: number): Promise<void> {
  const server = new ServerProcess(process.execPath, ["-e", program], {}, patience);
  try {
    assert.match(await server.fault, wanted);
  } finally {
    server.stop();
  }
}

const SILENT = "setInterval(() => {}, 1000)";

describe("what is wrong with a server", () => {
  test("it cannot be run", async () => {
    assert.match(await new ServerProcess("/nowhere/server", [], {}).fault, /^it cannot be run \(.*ENOENT\)$/);
  });
  test("it ends", () => check("process.exitCode = 3", /^it ended with exit status 3$/));
  test("it ends with a traceback, of which the last line counts", () =>
    check(
      "console.error('Traceback:\\n  File\\n\\u001b[31mImportError: no spaCy\\u001b[0m\\n'); process.exitCode = 1",
      /^it ended with exit status 1; the last it said: ImportError: no spaCy$/,
    ));
  test("it prints rubbish and goes on", () =>
    check(`console.log("Hello!\\nWorld"); ${SILENT}`, /^it prints what is no message of a language server: "Hello!"/));
  test("it prints less than a header that is no header", () => check(`process.stdout.write("Co "); ${SILENT}`, /"Co"/));
  test("it says nothing", () => check(SILENT, /^it has not answered within 0\.01 s$/, 10));
  test("it begins a message and never ends it", () =>
    check(`process.stdout.write("Content-"); ${SILENT}`, /^it has not answered within 0\.5 s$/, 500));
});

test("a server that has answered may take its time, and is ended", async () => {
  const server = new ServerProcess(process.execPath, ["-e", SILENT], {}, 50);
  server.answered();
  const ended = new Promise((resolve) => server.child.once("close", resolve));
  assert.equal(await Promise.race([server.fault, new Promise((resolve) => setTimeout(resolve, 100, "fine"))]), "fine");
  server.stop();
  await ended;
  assert.match(await server.fault, /^it was ended by SIGTERM$/);
});
