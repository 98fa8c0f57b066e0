import assert from "node:assert/strict";
import { describe, test } from "node:test";
import { environmentInterpreter, findServer, type Surroundings } from "../src/serverPath";
import type { LaunchSettings } from "../src/settings";

interface Machine {
  readonly programs: string[];
  readonly settings?: Partial<LaunchSettings>;
  readonly active?: string;
  readonly importing?: string[];
  readonly platform?: NodeJS.Platform;
  readonly environment?: Record<string, string>;
  readonly workspaceFolders?: string[];
  readonly isTrusted?: boolean;
  readonly pipFault?: string;
}

const OWN = "/storage/bin/gru-lint-server";

function surroundings(machine: Machine): Surroundings {
  return {
    platform: machine.platform ?? "linux",
    environment: machine.environment ?? {},
    home: machine.platform === "win32" ? "C:\\Users\\ann" : "/home/ann",
    workspaceFolders: machine.workspaceFolders ?? ["/book"],
    isTrusted: machine.isTrusted ?? true,
    activeInterpreter: () => Promise.resolve(machine.active),
    isProgram: (path) => Promise.resolve(machine.programs.includes(path)),
    hasServer: (interpreter) => Promise.resolve(machine.importing?.includes(interpreter) ?? false),
    pipFault: () => Promise.resolve(machine.pipFault),
    ownServer: OWN,
  };
}

async function search(machine: Machine): Promise<Awaited<ReturnType<typeof findServer>>> {
  const unset: LaunchSettings = { path: "", interpreter: "", arguments: [], importStrategy: "fromEnvironment" };
  return findServer({ ...unset, ...machine.settings }, surroundings(machine));
}

/** Checks which command line is found. */
async function check(machine: Machine, wanted: string): Promise<void> {
  const result = await search(machine);
  assert.ok("found" in result, "no server was found");
  assert.equal([result.found.command, ...result.found.arguments].join(" "), wanted);
}

/** Checks that none is found, what can be done about it and what is said. */
async function checkAbsent(machine: Machine, remedy: string, words: RegExp): Promise<void> {
  const result = await search(machine);
  assert.ok("absent" in result, "a server was found");
  assert.equal(result.absent.remedy, remedy);
  assert.match(result.absent.message, words);
}

const everywhere: Machine = {
  programs: [
    "/opt/server",
    "/conda/bin/gru-lint-server",
    "/activated/bin/gru-lint-server",
    "/book/.venv/bin/gru-lint-server",
    "/usr/bin/gru-lint-server",
  ],
  active: "/conda/bin/python",
  environment: { VIRTUAL_ENV: "/activated", PATH: "/bin:/usr/bin" },
};

describe("the order in which the server is looked for", () => {
  test("the setting first", () => check({ ...everywhere, settings: { path: "/opt/server" } }, "/opt/server"));
  test("then the active environment", () => check(everywhere, "/conda/bin/gru-lint-server"));
  test("then the activated environment", () => {
    const programs = everywhere.programs.slice(2);
    return check({ ...everywhere, programs }, "/activated/bin/gru-lint-server");
  });
  test("then the environment in the workspace", () => {
    const programs = everywhere.programs.slice(3);
    return check({ ...everywhere, programs }, "/book/.venv/bin/gru-lint-server");
  });
  test("then the PATH", () =>
    check({ ...everywhere, programs: ["/usr/bin/gru-lint-server"] }, "/usr/bin/gru-lint-server"));
  test("then the extension's own", () => check({ ...everywhere, programs: [OWN] }, OWN));
  test("the extension's own alone, if the setting says so", () => {
    const settings = { importStrategy: "useBundled" } as const;
    return check({ ...everywhere, programs: [...everywhere.programs, OWN], settings }, OWN);
  });
  test("the extension's own must be fetched before it can be used alone", async () => {
    const result = await search({ ...everywhere, settings: { importStrategy: "useBundled" } });
    assert.ok("absent" in result && result.absent.isOwnUsed === true && result.absent.pip === undefined);
  });
  test("then it must be installed", () =>
    checkAbsent({ ...everywhere, programs: [] }, "install", /neither .* nor on the PATH/));
});

describe("the setting gruLint.path", () => {
  const path = (path: string, programs: string[]): Machine => ({ ...everywhere, programs, settings: { path } });
  test("a name is looked for on the PATH", () =>
    check(path("my-server", ["/usr/bin/my-server"]), "/usr/bin/my-server"));
  test("a tilde is the home folder", () => check(path("~/bin/s", ["/home/ann/bin/s"]), "/home/ann/bin/s"));
  test("the workspace folder can be named", () => check(path("${workspaceFolder}/s", ["/book/s"]), "/book/s"));
  test("a relative path begins in the workspace", () => check(path("./bin/s", ["/book/bin/s"]), "/book/bin/s"));
  test("is not passed over where it is wrong", () =>
    checkAbsent(path("/opt/none", everywhere.programs), "settings", /gruLint\.path names "\/opt\/none"/));
  test("goes before the interpreter", () =>
    check({ ...everywhere, settings: { path: "/opt/server", interpreter: "/conda/bin/python" } }, "/opt/server"));
  test("takes the arguments", () =>
    check({ ...everywhere, settings: { path: "/opt/server", arguments: ["--a", "b"] } }, "/opt/server --a b"));
});

describe("the setting gruLint.interpreter", () => {
  const python = "/py/bin/python";
  test("the script beside it", () =>
    check(
      { programs: [python, "/py/bin/gru-lint-server"], settings: { interpreter: python } },
      "/py/bin/gru-lint-server",
    ));
  test("the module where there is no script", () =>
    check(
      { programs: [python], importing: [python], settings: { interpreter: python, arguments: ["-v"] } },
      `${python} -m gru_lint_server -v`,
    ));
  test("neither", () =>
    checkAbsent(
      { programs: [python], settings: { interpreter: python } },
      "install",
      /not installed for "\/py\/bin\/python"/,
    ));
  test("is no program", () =>
    checkAbsent({ programs: [], settings: { interpreter: python } }, "settings", /gruLint\.interpreter names/));
});

describe("where gru-lint would be installed", () => {
  const absence = async (
    machine: Machine,
  ): Promise<{ pip: string | undefined; isOwnUsed: boolean; message: string }> => {
    const result = await search(machine);
    assert.ok("absent" in result, "a server was found");
    const { pip, isOwnUsed = false, message } = result.absent;
    return { pip, isOwnUsed, message };
  };
  test("pip gets the interpreter that the message names", async () => {
    const { pip, isOwnUsed, message } = await absence({ ...everywhere, programs: ["/conda/bin/python"] });
    assert.deepEqual([pip, isOwnUsed], ["/conda/bin/python", true]);
    assert.match(message, /pip can install it for \/conda\/bin\/python/);
  });
  test("pip gets the interpreter that the setting names, and no other", async () => {
    const settings = { interpreter: "/py/bin/python" };
    const machine = { ...everywhere, programs: ["/conda/bin/python", "/py/bin/python"], settings };
    const { pip, isOwnUsed, message } = await absence(machine);
    assert.deepEqual([pip, isOwnUsed], ["/py/bin/python", false]);
    assert.match(message, /not installed for "\/py\/bin\/python"/);
  });
  test("pip is not offered where the system forbids it", async () => {
    const machine = { programs: ["/usr/bin/python3"], environment: { PATH: "/usr/bin" }, pipFault: "is managed" };
    const { pip, isOwnUsed, message } = await absence(machine);
    assert.deepEqual([pip, isOwnUsed], [undefined, true]);
    assert.match(message, /\/usr\/bin\/python3 is managed; the extension can keep its own\./);
  });
  test("a setting that names an interpreter that pip cannot use is to be changed", () =>
    checkAbsent(
      { programs: ["/usr/bin/python3"], pipFault: "is managed", settings: { interpreter: "/usr/bin/python3" } },
      "settings",
      /That is managed: name another one/,
    ));
  test("without any Python the extension's own is left", async () => {
    const { pip, isOwnUsed } = await absence({ programs: [] });
    assert.deepEqual([pip, isOwnUsed], [undefined, true]);
  });
});

describe("a workspace that is not trusted", () => {
  test("is not searched for environments", () =>
    check({ ...everywhere, environment: { PATH: "/usr/bin" }, isTrusted: false }, "/usr/bin/gru-lint-server"));
  test("is not reached by a relative entry of the PATH", () =>
    checkAbsent(
      { programs: ["gru-lint-server", "bin/gru-lint-server"], environment: { PATH: ":.:bin" } },
      "install",
      /PATH/,
    ));
});

describe("Windows", () => {
  const windows: Machine = { programs: [], platform: "win32", workspaceFolders: ["C:\\book"] };
  const venv = "C:\\book\\.venv\\Scripts\\gru-lint-server.exe";
  test("an environment in the workspace", () => check({ ...windows, programs: [venv] }, venv));
  test("Conda, whose interpreter is above its scripts", () => {
    const script = "C:\\conda\\Scripts\\gru-lint-server.exe";
    return check({ ...windows, active: "C:\\conda\\python.exe", programs: [script] }, script);
  });
  test("a name without its extension", () => {
    const environment = { Path: "C:\\tools;D:\\more" };
    return check(
      { ...windows, environment, programs: ["D:\\more\\s.exe"], settings: { path: "s" } },
      "D:\\more\\s.exe",
    );
  });
});

describe("the interpreter that gru-lint is installed for", () => {
  const interpreter = (machine: Machine): Promise<string | undefined> => environmentInterpreter(surroundings(machine));
  test("the active one", async () => {
    assert.equal(await interpreter({ ...everywhere, programs: ["/conda/bin/python"] }), "/conda/bin/python");
  });
  test("one on the PATH", async () => {
    assert.equal(await interpreter({ ...everywhere, programs: ["/usr/bin/python3"] }), "/usr/bin/python3");
  });
  test("none", async () => {
    assert.equal(await interpreter({ programs: [] }), undefined);
  });
});
