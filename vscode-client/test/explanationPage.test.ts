import assert from "node:assert/strict";
import { test } from "node:test";
import { pageOf } from "../src/explanationPage";

const PAGE =
  '<!doctype html>\n<html lang="en">\n<head>\n<meta charset="utf-8">\n</head>\n<body>$& <head></body>\n</html>\n';

test("a page stands under a policy of our own, before anything else in it", () => {
  const page = pageOf({ html: PAGE, markdown: "" }) ?? "";
  assert.match(
    page,
    /^<!doctype html>\n<html lang="en">\n<head>\n<meta http-equiv="Content-Security-Policy" content="default-src 'none';/,
  );
  assert.equal(page.match(/Content-Security-Policy/g)?.length, 1);
  assert.ok(page.endsWith("<body>$& <head></body>\n</html>\n"));
});
test("what is no page is not shown", () => {
  for (const answer of [null, undefined, "", {}, { html: 3 }, { html: "<script>" }, { markdown: "x" }, []]) {
    assert.equal(pageOf(answer), undefined);
  }
});
