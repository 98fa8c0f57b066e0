// Bundles the extension into dist/extension.js: node build.mjs [--production | --watch | --tests]
import { build, context } from "esbuild";
import { copyFileSync, mkdirSync, readdirSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { join } from "node:path";

const mode = process.argv[2];
const PICTURES = ["install.png", "problems.png", "quick-fix.png"];

const shared = {
  bundle: true,
  platform: "node",
  target: "node20",
  format: "cjs",
  external: ["vscode"],
  logLevel: "info",
};

const extension = {
  ...shared,
  entryPoints: ["src/extension.ts"],
  outfile: "dist/extension.js",
  minify: mode === "--production",
  sourcemap: mode !== "--production",
  legalComments: "none",
  metafile: true,
};

const tests = {
  ...shared,
  entryPoints: readdirSync("test").map((name) => join("test", name)),
  outdir: "dist/test",
  outExtension: { ".js": ".cjs" },
  sourcemap: "inline",
};

/** The licences of the packages in the bundle, which ask to be passed on with it. */
function thirdPartyLicenses({ inputs }) {
  const folders = Object.keys(inputs).map((path) => path.match(/^.*node_modules\/(?:@[^/]+\/)?[^/]+/)?.[0]);
  const licenses = [...new Set(folders.filter((folder) => folder !== undefined))].map((folder) => {
    const { name, version } = JSON.parse(readFileSync(join(folder, "package.json"), "utf8"));
    const file = readdirSync(folder).find((entry) => /^licen[sc]e/i.test(entry));
    if (file === undefined) throw new Error(`${name} has no licence file`);
    return `${name} ${version}\n\n${readFileSync(join(folder, file), "utf8").trim()}\n`;
  });
  return licenses.sort().join(`\n${"-".repeat(80)}\n\n`);
}

if (mode === "--watch") {
  await (await context(extension)).watch();
} else if (mode === "--tests") {
  rmSync("dist/test", { recursive: true, force: true });
  await build(tests);
} else {
  const { metafile } = await build(extension);
  // The walkthrough shows pictures that are in the package alone.
  mkdirSync("dist/pictures", { recursive: true });
  for (const name of PICTURES) copyFileSync(join("../docs/images", name), join("dist/pictures", name));
  writeFileSync("dist/third-party-licenses.txt", thirdPartyLicenses(metafile));
}
