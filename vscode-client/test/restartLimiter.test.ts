import assert from "node:assert/strict";
import { test } from "node:test";
import { RestartLimiter } from "../src/restartLimiter";

/** Checks which of the crashes at these seconds are followed by a restart: 3 within 60 seconds are. */
function check(seconds: number[], wanted: boolean[]): void {
  let now = 0;
  const limiter = new RestartLimiter(3, 60, () => now);
  const allowed = seconds.map((second) => {
    now = second;
    return limiter.allowsRestart();
  });
  assert.deepEqual(allowed, wanted);
}

test("a crash is followed by a restart", () => {
  check([0], [true]);
});
test("many crashes in a short time are not", () => {
  check([0, 1, 2, 3, 4], [true, true, true, false, false]);
});
test("crashes that are long past do not count", () => {
  check([0, 1, 2, 60, 61, 62], [true, true, true, true, true, true]);
});
test("the limit holds for any stretch of time", () => {
  check([0, 30, 50, 61, 70], [true, true, true, true, false]);
});
test("a restart by hand forgets the crashes", () => {
  const limiter = new RestartLimiter(1, 60, () => 0);
  assert.equal(limiter.allowsRestart(), true);
  assert.equal(limiter.allowsRestart(), false);
  limiter.reset();
  assert.equal(limiter.allowsRestart(), true);
});
