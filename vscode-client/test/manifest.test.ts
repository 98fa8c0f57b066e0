import assert from "node:assert/strict";
import { existsSync, readdirSync, readFileSync } from "node:fs";
import { basename, join } from "node:path";
import { test } from "node:test";
import { LAUNCH_SETTINGS } from "../src/settings";

interface Manifest {
  name: string;
  publisher: string;
  version: string;
  license: string;
  icon: string;
  capabilities: { untrustedWorkspaces: { restrictedConfigurations: string[] } };
  repository: { url: string; directory: string };
  homepage: string;
  bugs: { url: string };
  contributes: {
    walkthroughs: { steps: { media: { image: string; altText: string }; description: string }[] }[];
    commands: { command: string; title: string }[];
    configuration: {
      properties: Record<string, { description?: string; markdownDescription?: string; default: unknown }>;
    };
  };
}

const manifest = JSON.parse(readFileSync("package.json", "utf8")) as Manifest;
const { commands, configuration } = manifest.contributes;
const settings = Object.entries(configuration.properties);
const source = readdirSync("src").map((name) => readFileSync(join("src", name), "utf8"));

test("every setting is described", () => {
  for (const [name, setting] of settings) {
    assert.match(name, /^gruLint\./);
    assert.match(setting.description ?? setting.markdownDescription ?? "", /^[A-Z].{20,}\.$/s, name);
    assert.notEqual(setting.default, undefined, name);
  }
});
test("every command is registered", () => {
  const registered = source.flatMap((text) =>
    [...text.matchAll(/registerCommand\("([^"]+)"/g)].map((match) => match[1]),
  );
  assert.deepEqual(registered.sort(), commands.map(({ command }) => command).sort());
});
test("what starts the server exists as a setting", () => {
  for (const name of LAUNCH_SETTINGS) assert.ok(`gruLint.${name}` in configuration.properties, name);
});
test("a workspace that is not trusted cannot say which program is started", () => {
  const programs = ["gruLint.path", "gruLint.arguments", "gruLint.interpreter"];
  assert.deepEqual(manifest.capabilities.untrustedWorkspaces.restrictedConfigurations, programs);
});
test("the README names every setting and command", () => {
  const readme = readFileSync("README.md", "utf8");
  for (const [name] of settings) assert.ok(readme.includes(`\`${name}\``), name);
  for (const { title } of commands.filter(({ command }) => command !== "gruLint.showMenu")) {
    assert.ok(readme.includes(title), title);
  }
});
test("the changelog tells of this version", () => {
  assert.ok(readFileSync("CHANGELOG.md", "utf8").includes(manifest.version));
});
test("the icon is a picture of 128 by 128", () => {
  const icon = readFileSync(manifest.icon);
  assert.deepEqual([icon.readUInt32BE(16), icon.readUInt32BE(20)], [128, 128]);
});

test("a marketplace finds the repository, the page and the list of faults", () => {
  const addresses = [manifest.repository.url, manifest.homepage, manifest.bugs.url];
  for (const address of addresses) assert.match(address, /^https:\/\/github\.com\/gru-lint\/gru-lint/);
  assert.equal(manifest.repository.directory, "vscode-client");
});
test("what Open VSX refuses to be without is there", () => {
  assert.match(`${manifest.publisher}.${manifest.name}`, /^[\w-]+\.[\w-]+$/);
  assert.match(manifest.version, /^\d+\.\d+\.\d+$/);
  assert.equal(manifest.license, "MIT");
  const packaged = readFileSync("package-files.txt", "utf8").split("\n");
  for (const file of ["LICENSE", "README.md", "CHANGELOG.md", "images/icon.png"])
    assert.ok(packaged.includes(file), file);
});
test("the walkthrough has pictures that are packaged, and commands that exist", () => {
  const steps = manifest.contributes.walkthroughs.flatMap((walkthrough) => walkthrough.steps);
  assert.equal(steps.length, 3);
  const packaged = readFileSync("build.mjs", "utf8");
  for (const { media, description } of steps) {
    assert.ok(existsSync(join("../docs/images", basename(media.image))), media.image);
    assert.ok(packaged.includes(`"${basename(media.image)}"`), media.image);
    assert.ok(media.altText.length > 20);
    for (const [, command] of description.matchAll(/command:(gruLint\.\w+)/g)) {
      assert.ok(
        commands.some((known) => known.command === command),
        command,
      );
    }
  }
});
