import assert from "node:assert/strict";
import { beforeEach, mock, test } from "node:test";
import { Activity } from "../src/activity";

mock.timers.enable({ apis: ["setTimeout"] });

let told: boolean[];
let activity: Activity;
beforeEach(() => {
  told = [];
  activity = new Activity((isBusy) => told.push(isBusy), 100);
});

test("what lasts is told of, and its end", () => {
  activity.begin("pull");
  mock.timers.tick(100);
  assert.deepEqual(told, [true]);
  activity.end("pull");
  assert.deepEqual(told, [true, false]);
});
test("what is over in a moment is not", () => {
  activity.begin("pull");
  mock.timers.tick(99);
  activity.end("pull");
  mock.timers.tick(100);
  assert.deepEqual(told, []);
});
test("two that overlap are one activity", () => {
  activity.begin("one");
  activity.begin("two");
  mock.timers.tick(100);
  activity.end("one");
  assert.deepEqual(told, [true]);
  activity.end("two");
  assert.deepEqual(told, [true, false]);
});
test("everything ends with the server", () => {
  activity.begin("one");
  activity.begin("two");
  mock.timers.tick(100);
  activity.clear();
  activity.end("one");
  assert.deepEqual(told, [true, false]);
});
