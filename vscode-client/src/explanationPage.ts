// What a page of the server must be like before it is shown.

/** Allows the page its style sheet and nothing else: no script, no picture, no request. */
const POLICY = "default-src 'none'; style-src 'unsafe-inline'; base-uri 'none'; form-action 'none'";

const HEAD = "<head>";

/** The page in an answer of the server, under a policy of our own before its first word; undefined where it has none. */
export function pageOf(answer: unknown): string | undefined {
  if (typeof answer !== "object" || answer === null || !("html" in answer)) return undefined;
  const { html } = answer;
  if (typeof html !== "string" || !html.startsWith('<!doctype html>\n<html lang="en">\n<head>\n')) return undefined;
  // Policies add up: what one of them forbids, no other one allows.
  return html.replace(HEAD, () => `${HEAD}\n<meta http-equiv="Content-Security-Policy" content="${POLICY}">`);
}
