import assert from "node:assert/strict";
import { test } from "node:test";
import { Notices } from "../src/notices";

test("a message of a kind that is open is not shown again, and shown anew once that is closed", async () => {
  const shown: string[] = [];
  const closing: ((choice?: string) => void)[] = [];
  const notices = new Notices((message) => {
    shown.push(message);
    return new Promise((resolve) => closing.push(resolve));
  });
  const first = notices.show("failure", "one", {});
  await notices.show("failure", "two", {});
  void notices.show("absence", "three", {});
  assert.deepEqual(shown, ["one", "three"]);
  closing[0]?.();
  await first;
  void notices.show("failure", "four", {});
  assert.deepEqual(shown, ["one", "three", "four"]);
});
test("what is chosen is done, when its message is closed already", async () => {
  const done: string[] = [];
  const notices = new Notices(() => Promise.resolve("Again"));
  let isAgain = false;
  const again = (): Promise<void> => {
    done.push("again");
    if (isAgain) return Promise.resolve();
    isAgain = true;
    return notices.show("failure", "two", { Again: again });
  };
  await notices.show("failure", "one", { Again: again });
  assert.deepEqual(done, ["again", "again"]);
});
