// The server that the extension keeps for itself, in its own storage. Knows nothing of VS Code.

import { type PlatformPath, posix, win32 } from "node:path";

/** Where a version of the server lies, which uv has installed: in a folder of its own, so that another version is not this one. */
export interface OwnServer {
  readonly folder: string;
  readonly script: string;
}

/** Where it lies, or will lie. */
export function ownServer(storage: string, version: string, platform: NodeJS.Platform): OwnServer {
  const paths: PlatformPath = platform === "win32" ? win32 : posix;
  const folder = paths.join(storage, "server", version);
  return {
    folder,
    script: paths.join(folder, "bin", platform === "win32" ? "gru-lint-server.exe" : "gru-lint-server"),
  };
}

/** What uv is asked: it makes an environment of its own, and fetches a Python where the machine has none that fits. */
export function uvArguments(version: string): string[] {
  return ["tool", "install", "--force", "--no-cache", "--python", ">=3.10,<3.15", `gru-lint==${version}`];
}

/** Variables that keep all that uv writes within a folder. What a user has set for packages and proxies stays. */
export function uvEnvironment(folder: string, platform: NodeJS.Platform): Record<string, string> {
  const paths: PlatformPath = platform === "win32" ? win32 : posix;
  return {
    UV_TOOL_DIR: paths.join(folder, "tools"),
    UV_TOOL_BIN_DIR: paths.join(folder, "bin"),
    UV_PYTHON_INSTALL_DIR: paths.join(folder, "python"),
    UV_NO_MODIFY_PATH: "1",
    UV_NO_PROGRESS: "1",
  };
}
