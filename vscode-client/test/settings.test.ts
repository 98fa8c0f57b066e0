import assert from "node:assert/strict";
import { describe, test } from "node:test";
import { asksAt, documentSelector, expandPath, serverSettings } from "../src/settings";

describe("expandPath", () => {
  const check = (path: string, wanted: string, workspaceFolder: string | undefined = "/book"): void => {
    assert.equal(expandPath(path, { home: "/home/ann", workspaceFolder }), wanted);
  };
  test("a plain path stays", () => {
    check(" /usr/bin/s ", "/usr/bin/s");
  });
  test("a tilde at the beginning is the home folder", () => {
    check("~", "/home/ann");
    check("~/s", "/home/ann/s");
    check("~bob/s", "~bob/s");
    check("/a~/s", "/a~/s");
  });
  test("the workspace folder, if there is one", () => {
    check("${workspaceFolder}/s", "/book/s");
    check("${workspaceFolder}/s", "/$&/s", "/$&");
    assert.equal(expandPath("${workspaceFolder}/s", { home: "/", workspaceFolder: undefined }), "${workspaceFolder}/s");
  });
});

describe("serverSettings", () => {
  const check = (section: Record<string, unknown>, wanted: Record<string, unknown>): void => {
    assert.deepEqual(serverSettings(section, true), wanted);
  };
  test("what is not set is left out", () => {
    check({ minConfidence: null, select: [], ignore: ["PA003"], pronouns: {} }, { ignore: ["PA003"] });
  });
  test("false and 0 are set", () => {
    check({ leaveCurrentSentence: false, minConfidence: 0 }, { leaveCurrentSentence: false, minConfidence: 0 });
  });
  test("no setting says that a workspace is trusted", () => {
    check({ isTrusted: true }, {});
    assert.deepEqual(serverSettings({ isTrusted: true, minConfidence: 0.5 }, false), {
      minConfidence: 0.5,
      isTrusted: false,
    });
  });
  test("what only the editor needs is left out", () => {
    check(
      {
        path: "/s",
        arguments: ["-v"],
        interpreter: "py",
        importStrategy: "useBundled",
        trace: { server: "verbose" },
        run: "onSave",
      },
      { run: "onSave" },
    );
  });
  test("a severity for all rules or for each", () => {
    check({ severity: "hint" }, { severity: "hint" });
    check({ severity: { all: "hint", PA001: "error" } }, { severity: { all: "hint", PA001: "error" } });
  });
});

test("diagnostics are asked for as the setting says", () => {
  assert.deepEqual([asksAt("onType", "onType"), asksAt("onSave", "onType")], [true, false]);
  assert.deepEqual([asksAt("onType", "onSave"), asksAt("onSave", "onSave")], [false, true]);
  assert.equal(asksAt("onFocus", "onType"), false);
});

test("files and unsaved documents are synchronised", () => {
  assert.deepEqual(documentSelector(["markdown"]), [
    { scheme: "file", language: "markdown" },
    { scheme: "untitled", language: "markdown" },
    { scheme: "vscode-notebook-cell", language: "markdown" },
  ]);
  assert.deepEqual(documentSelector(["latex"]), [
    { scheme: "file", language: "latex" },
    { scheme: "untitled", language: "latex" },
  ]);
});
