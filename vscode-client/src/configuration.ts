import { type ConfigurationChangeEvent, workspace } from "vscode";
import { type ImportStrategy, LAUNCH_SETTINGS, type LaunchSettings, type Run, SECTION } from "./settings";

// Settings are read where they are needed and never kept: on a remote host, those of the machine
// may arrive only after the extension has been activated.

/** Which server is to be started. */
export function launchSettings(): LaunchSettings {
  const configuration = workspace.getConfiguration(SECTION);
  return {
    path: configuration.get("path", ""),
    interpreter: configuration.get("interpreter", ""),
    importStrategy: configuration.get<ImportStrategy>("importStrategy", "fromEnvironment"),
    arguments: configuration.get<string[]>("arguments", []),
  };
}

/** The identifiers of the languages whose documents are checked. */
export function enabledLanguages(): string[] {
  return workspace.getConfiguration(SECTION).get<string[]>("languages", []);
}

/** When a document is checked. */
export function run(): Run {
  return workspace.getConfiguration(SECTION).get<Run>("run", "onType");
}

/** Whether the messages between the editor and the server are shown. */
export function isTraced(): boolean {
  return workspace.getConfiguration(SECTION).get<string>("trace.server") !== "off";
}

/** Every setting as it is now. */
export function currentSection(): Record<string, unknown> {
  return workspace.getConfiguration().get<Record<string, unknown>>(SECTION, {});
}

/** Whether a change is one of this extension's. */
export function affectsSection(event: ConfigurationChangeEvent): boolean {
  return event.affectsConfiguration(SECTION);
}

/** Whether a change takes effect only when the server is started again. */
export function affectsLaunch(event: ConfigurationChangeEvent): boolean {
  return LAUNCH_SETTINGS.some((setting) => event.affectsConfiguration(`${SECTION}.${setting}`));
}
