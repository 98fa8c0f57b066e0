import assert from "node:assert/strict";
import { createHash } from "node:crypto";
import { execFileSync } from "node:child_process";
import { describe, test } from "node:test";
import { zipSync } from "fflate";
import { ownServer, uvArguments, uvEnvironment } from "../src/ownServer";
import { PIP_QUESTION, pipFault } from "../src/pip";
import { programIn, wheelFor } from "../src/uv";
import { wheels } from "../src/uvWheels.json";

describe("whether pip can install", () => {
  const check = (facts: Record<string, unknown>, wanted: RegExp | undefined): void => {
    const fault = pipFault(JSON.stringify({ version: [3, 11], isManaged: false, hasPip: true, ...facts }));
    if (wanted === undefined) assert.equal(fault, undefined);
    else assert.match(fault ?? "", wanted);
  };
  test("into an environment", () => {
    check({}, undefined);
    check({ version: [3, 10] }, undefined);
    check({ version: [4, 0] }, undefined);
  });
  test("not into the system's Python", () => {
    check({ isManaged: true }, /PEP 668/);
  });
  test("not where there is no pip", () => {
    check({ hasPip: false }, /has no pip/);
  });
  test("not into an old Python", () => {
    check({ version: [3, 9] }, /is Python 3\.9, and gru-lint needs 3\.10/);
    check({ version: [2, 7] }, /is Python 2\.7/);
  });
  test("not where it does not run", () => {
    for (const answer of ["", "Python was not found", "{}", "null"]) assert.equal(pipFault(answer), "does not run");
  });
  test("a real interpreter answers", (context) => {
    let answer: string;
    try {
      answer = execFileSync("python3", ["-c", PIP_QUESTION], {
        encoding: "utf8",
        stdio: ["ignore", "pipe", "inherit"],
      });
    } catch (error) {
      if ((error as NodeJS.ErrnoException).code !== "ENOENT") throw error;
      context.skip("there is no python3");
      return;
    }
    assert.deepEqual(Object.keys(JSON.parse(answer) as object), ["version", "isManaged", "hasPip"]);
  });
});

describe("the extension's own server", () => {
  test("each version lies in a folder of its own", () => {
    assert.equal(ownServer("/s", "0.1.0", "linux").script, "/s/server/0.1.0/bin/gru-lint-server");
    assert.equal(ownServer("C:\\s", "0.2.0", "win32").script, "C:\\s\\server\\0.2.0\\bin\\gru-lint-server.exe");
  });
  test("has the extension's version", () => {
    assert.equal(uvArguments("0.1.0").at(-1), "gru-lint==0.1.0");
  });
  test("nothing is written elsewhere", () => {
    const places = Object.entries(uvEnvironment("/s", "linux")).filter(([name]) => name.endsWith("_DIR"));
    assert.equal(places.length, 3);
    for (const [name, place] of places) assert.match(place, /^\/s\//, name);
    assert.ok(uvArguments("0.1.0").includes("--no-cache"));
  });
});

describe("the wheel of uv", () => {
  const wheel = zipSync({ "uv-1.data/scripts/uv": Buffer.from("program"), "uv-1.data/scripts/uvx": Buffer.from("x") });
  const sum = (bytes: Uint8Array): string => createHash("sha256").update(bytes).digest("hex");
  test("holds the program", () => {
    assert.equal(Buffer.from(programIn(wheel, sum(wheel))).toString(), "program");
  });
  test("is refused if it is another one", () => {
    assert.throws(() => programIn(wheel, sum(Buffer.from("another"))), /its checksum differs/);
  });
  test("is refused if it holds none", () => {
    const empty = zipSync({ "uv-1.data/scripts/uvx": Buffer.from("x") });
    assert.throws(() => programIn(empty, sum(empty)), /no program/);
  });
  test("is known for the machines that VS Code runs on", () => {
    for (const machine of [
      "darwin-arm64",
      "darwin-x64",
      "linux-arm",
      "linux-arm64",
      "linux-x64",
      "win32-arm64",
      "win32-x64",
    ]) {
      assert.match(wheelFor(machine).url, /^https:\/\/files\.pythonhosted\.org\/packages\/.+\.whl$/);
    }
    assert.throws(() => wheelFor("sunos-x64"), /no uv for sunos-x64/);
    for (const { sha256 } of Object.values(wheels)) assert.match(sha256, /^[0-9a-f]{64}$/);
  });
});
