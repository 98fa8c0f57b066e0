// Whether pip can install into an interpreter. Knows nothing of VS Code.

/** What an interpreter is asked, to be answered in JSON: every Python 3 understands it. */
export const PIP_QUESTION = `
import importlib.util, json, os, sys, sysconfig
scheme = getattr(sysconfig, "get_default_scheme", lambda: None)()
stdlib = sysconfig.get_path("stdlib", scheme) if scheme else sysconfig.get_path("stdlib")
managed = sys.prefix == sys.base_prefix and os.path.exists(os.path.join(stdlib, "EXTERNALLY-MANAGED"))
print(json.dumps({"version": list(sys.version_info[:2]), "isManaged": managed, "hasPip": bool(importlib.util.find_spec("pip"))}))
`;

/** The oldest Python that gru-lint runs on. */
const OLDEST = [3, 10] as const;

interface PipAnswer {
  readonly version: readonly [number, number];
  /** Whether its packages are the operating system's affair: https://peps.python.org/pep-0668/ */
  readonly isManaged: boolean;
  readonly hasPip: boolean;
}

/** Why pip cannot install gru-lint into an interpreter that gave this answer, after its name; undefined where it can. */
export function pipFault(answer: string): string | undefined {
  let facts: PipAnswer;
  try {
    facts = JSON.parse(answer) as PipAnswer;
    const [major, minor] = facts.version;
    if (major < OLDEST[0] || (major === OLDEST[0] && minor < OLDEST[1])) {
      return `is Python ${String(major)}.${String(minor)}, and gru-lint needs ${OLDEST.join(".")}`;
    }
  } catch {
    return "does not run";
  }
  if (facts.isManaged) return "belongs to the operating system, which lets pip install nothing there (PEP 668)";
  return facts.hasPip ? undefined : "has no pip";
}
