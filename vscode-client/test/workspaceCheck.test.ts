import assert from "node:assert/strict";
import { describe, test } from "node:test";
import { WorkspaceCheck } from "../src/workspaceCheck";

describe("files that are not open are asked about", () => {
  const check = (events: ("begin" | "renew")[], turns: boolean[]): void => {
    const workspaceCheck = new WorkspaceCheck();
    for (const event of events) workspaceCheck[event]();
    assert.deepEqual(
      turns.map(() => workspaceCheck.takeTurn()),
      turns,
    );
  };
  test("not before somebody wants it", () => {
    check([], [false]);
    check(["renew"], [false]);
  });
  test("once", () => {
    check(["begin"], [true, false]);
  });
  test("again when something has changed", () => {
    const workspaceCheck = new WorkspaceCheck();
    workspaceCheck.begin();
    workspaceCheck.takeTurn();
    workspaceCheck.renew();
    assert.deepEqual([workspaceCheck.takeTurn(), workspaceCheck.takeTurn()], [true, false]);
  });
});
