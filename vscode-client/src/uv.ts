// Fetches uv, which installs the server: one program without needs, as PyPI has it. Knows nothing of VS Code.

import { createHash, randomUUID } from "node:crypto";
import { access, mkdir, rename, rm, writeFile } from "node:fs/promises";
import { join } from "node:path";
import { unzipSync } from "fflate";
import { version, wheels } from "./uvWheels.json";

interface Wheel {
  readonly url: string;
  readonly sha256: string;
}

/** How long, in milliseconds, a download may take. */
const PATIENCE = 300_000;

/** The wheel for a machine, such as "linux-x64"; throws an Error where there is none. */
export function wheelFor(machine: string, known: Readonly<Record<string, Wheel>> = wheels): Wheel {
  const wheel = known[machine];
  if (wheel === undefined) throw new Error(`there is no uv for ${machine}`);
  return wheel;
}

/** The program in the bytes of a wheel; throws an Error where they are not those that were promised. */
export function programIn(wheel: Uint8Array, sha256: string): Uint8Array {
  if (createHash("sha256").update(wheel).digest("hex") !== sha256) {
    throw new Error("what was downloaded as uv is something else: its checksum differs");
  }
  const isProgram = ({ name }: { name: string }): boolean => /\.data\/scripts\/uv(\.exe)?$/.test(name);
  const [program] = Object.values(unzipSync(wheel, { filter: isProgram }));
  if (program === undefined) throw new Error("there is no program in the wheel of uv");
  return program;
}

/** The path of uv in a folder, to which it is downloaded if it is not there; throws an Error that says why it cannot be. */
export async function fetchUv(folder: string, machine: string, cancelled: AbortSignal): Promise<string> {
  const path = join(folder, machine.startsWith("win32") ? `uv-${version}.exe` : `uv-${version}`);
  const isThere = await access(path).then(
    () => true,
    () => false,
  );
  if (isThere) return path;
  const wheel = wheelFor(machine);
  const signal = AbortSignal.any([cancelled, AbortSignal.timeout(PATIENCE)]);
  const answer = await fetch(wheel.url, { signal }).catch((error: unknown) => {
    const cause = error instanceof Error && error.cause instanceof Error ? error.cause : error;
    throw new Error(`${new URL(wheel.url).host} cannot be reached (${cause instanceof Error ? cause.message : "?"})`);
  });
  if (!answer.ok) throw new Error(`${wheel.url} answers with ${String(answer.status)}`);
  const program = programIn(new Uint8Array(await answer.arrayBuffer()), wheel.sha256);
  await mkdir(folder, { recursive: true });
  // Whole or not at all, also where two windows fetch it.
  const part = `${path}.${randomUUID()}`;
  try {
    await writeFile(part, program, { mode: 0o755 });
    await rename(part, path);
  } finally {
    await rm(part, { force: true });
  }
  return path;
}
