// Writes src/uvWheels.json anew, with what PyPI says of a version of uv: node uv.mjs [VERSION]
import { writeFileSync } from "node:fs";

// By what Node calls a machine. On Linux those that bring their own C library, and so run on every distribution.
const MACHINES = {
  "darwin-arm64": /macosx_\d+_\d+_arm64/,
  "darwin-x64": /macosx_\d+_\d+_x86_64/,
  "linux-arm": /musllinux_\d+_\d+_armv7l/,
  "linux-arm64": /musllinux_\d+_\d+_aarch64/,
  "linux-x64": /musllinux_\d+_\d+_x86_64/,
  "win32-arm64": /win_arm64/,
  "win32-x64": /win_amd64/,
};

const wanted = process.argv[2];
const answer = await fetch(`https://pypi.org/pypi/uv/${wanted === undefined ? "" : `${wanted}/`}json`);
if (!answer.ok) throw new Error(`PyPI answers with ${answer.status}`);
const { info, urls } = await answer.json();
const wheels = Object.fromEntries(
  Object.entries(MACHINES).map(([machine, tag]) => {
    const file = urls.find(({ filename }) => filename.endsWith(".whl") && tag.test(filename));
    if (file === undefined) throw new Error(`uv ${info.version} has no wheel for ${machine}`);
    // A mirror of PyPI answers with addresses of its own, which end in the same way.
    const place = file.url.split("packages/").at(-1);
    return [machine, { url: `https://files.pythonhosted.org/packages/${place}`, sha256: file.digests.sha256 }];
  }),
);
writeFileSync("src/uvWheels.json", `${JSON.stringify({ version: info.version, wheels }, undefined, 2)}\n`);
