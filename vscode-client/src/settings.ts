// What the settings mean, apart from VS Code.

export const SECTION = "gruLint";

/** Settings that take effect when the server is started again. */
export const LAUNCH_SETTINGS = ["path", "arguments", "interpreter", "importStrategy", "languages"] as const;

export type Run = "onType" | "onSave";

/** Whether the server of the user's environment is taken where there is one, or always the extension's own. */
export type ImportStrategy = "fromEnvironment" | "useBundled";

/** Which server is to be started, as it is written in the settings. */
export interface LaunchSettings {
  readonly path: string;
  readonly interpreter: string;
  readonly importStrategy: ImportStrategy;
  readonly arguments: readonly string[];
}

/** Where a setting's path begins. */
export interface Places {
  readonly home: string;
  readonly workspaceFolder: string | undefined;
}

/** A path with `~` and `${workspaceFolder}` replaced; without a folder, the latter stays as it is. */
export function expandPath(path: string, places: Places): string {
  const expanded = path.trim().replace(/^~(?=[\\/]|$)/, () => places.home);
  const folder = places.workspaceFolder;
  return folder === undefined ? expanded : expanded.replaceAll("${workspaceFolder}", () => folder);
}

/**
 * What the server is told: the settings that are set, without those that are the editor's affair, and whether the workspace is
 * not trusted. No setting can say that it is.
 */
export function serverSettings(
  section: Readonly<Record<string, unknown>>,
  isTrusted: boolean,
): Record<string, unknown> {
  const editorOnly = new Set<string>(["path", "arguments", "interpreter", "importStrategy", "trace", "isTrusted"]);
  const set = Object.entries(section).filter(([key, value]) => !editorOnly.has(key) && isSet(value));
  return { ...Object.fromEntries(set), ...(isTrusted ? {} : { isTrusted }) };
}

function isSet(value: unknown): boolean {
  if (typeof value === "object" && value !== null) return Object.keys(value).length > 0;
  return value !== null && value !== undefined && value !== "";
}

/** Whether diagnostics are asked for at an event in a document. */
export function asksAt(event: "onType" | "onSave" | "onFocus", run: Run): boolean {
  return event === run;
}

/** What the client asks about: files and unsaved documents of these languages, and the Markdown cells of notebooks. */
export function documentSelector(languages: readonly string[]): { scheme: string; language: string }[] {
  const documents = languages.flatMap((language) => ["file", "untitled"].map((scheme) => ({ scheme, language })));
  const cells = languages.filter((language) => language === "markdown");
  return [...documents, ...cells.map((language) => ({ scheme: "vscode-notebook-cell", language }))];
}
