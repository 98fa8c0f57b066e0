// The page to try gru-lint on: the text is checked as it is typed, by the server that the page came from.

import { explanationPanel, findingCard, nothing, peopleList } from "./panels.js";
import { paint, rangeAt } from "./mirror.js";

const PATIENCE_MS = 250;
const KEPT_AS = "gru-lint-text";
const EXAMPLE =
  "Mr Watson goes on a business trip every Wednesday. He always takes a flight to New York, and on every trip her wife " +
  "wishes him good luck. Mrs Watson, his wife, loves cooking, and he is also a businesswoman.";

const element = (id) => document.getElementById(id);
const text = element("text");
const mirror = element("mirror");
const state = { written: "", matches: [], chains: [], pronouns: [], active: null };
let asked = 0;
let timer = 0;
let explained = "";

async function post(path, fields) {
  const answer = await fetch(path, { method: "POST", body: new URLSearchParams(fields) });
  const content = await answer.json();
  if (!answer.ok) throw new Error(content.error.message);
  return content;
}

function say(words, failed = false) {
  element("status").textContent = words;
  element("status").classList.toggle("failed", failed);
}

async function check() {
  const number = ++asked;
  const written = text.value;
  const level = element("picky").checked ? "picky" : "default";
  try {
    const [found, read] = await Promise.all([
      post("v2/check", { text: written, language: "en-US", level }),
      post("page/chains", { text: written }),
    ]);
    // Whoever types on is answered for what stands there then.
    if (number !== asked) return;
    Object.assign(state, { written, matches: found.matches, chains: read.chains, pronouns: read.pronouns, active: null });
    explained = "";
    say(summary(found.matches.length));
    show();
    explain();
  } catch (error) {
    if (number !== asked) return;
    const reason = error instanceof TypeError ? "the server does not answer" : error.message;
    say(`Not checked: ${reason}. Your text is as you left it.`, true);
  }
}

function summary(n) {
  if (!text.value.trim()) return "";
  return n === 0 ? "Nothing found." : n === 1 ? "1 finding." : `${n} findings.`;
}

function checkSoon() {
  sessionStorage.setItem(KEPT_AS, text.value);
  grow();
  moveFindings();
  clearTimeout(timer);
  timer = setTimeout(check, PATIENCE_MS);
}

// What stands behind an edit moves with it until the server has answered; what the edit touches is gone.
function moveFindings() {
  const [before, after] = [state.written, text.value];
  let start = 0;
  while (start < Math.min(before.length, after.length) && before[start] === after[start]) start += 1;
  let kept = 0;
  while (kept < Math.min(before.length, after.length) - start && before.at(-1 - kept) === after.at(-1 - kept)) kept += 1;
  const end = before.length - kept;
  const moved = (one) => {
    if (one.offset + one.length <= start) return one;
    return one.offset >= end ? { ...one, offset: one.offset + after.length - before.length } : null;
  };
  const movedMatch = (match) => {
    const antecedent = match.gruLint?.antecedent;
    const placed = antecedent?.offset === undefined ? antecedent : moved(antecedent);
    const there = moved(match);
    return there && match.gruLint ? { ...there, gruLint: { ...match.gruLint, antecedent: placed } } : there;
  };
  state.matches = state.matches.map(movedMatch).filter(Boolean);
  state.pronouns = state.pronouns.map(moved).filter(Boolean);
  state.chains = state.chains.map((chain) => chain.map(moved).filter(Boolean));
  state.written = after;
  state.active = null;
  show();
}

function show() {
  mirror.classList.toggle("coloured", element("colours").checked);
  paint(mirror, text.value, state);
  const cards = state.matches.map((match) => findingCard(match, match === state.active, accept, goTo));
  element("findings").replaceChildren(...(cards.length ? cards : [nothing("li", "None.")]));
  element("people").replaceChildren(...peopleList(text.value, state.chains));
}

function light(match) {
  if (match === state.active) return;
  state.active = match;
  paint(mirror, text.value, state);
  [...element("findings").children].forEach((card, index) => {
    card.classList.toggle("active", match !== null && state.matches[index] === match);
  });
}

function goTo(match) {
  text.focus();
  text.setSelectionRange(match.offset, match.offset + match.length);
  light(match);
  explain();
}

function accept(match, replacement) {
  text.focus();
  text.setSelectionRange(match.offset, match.offset + match.length);
  // Unlike setRangeText, this can be taken back with Ctrl+Z.
  if (!document.execCommand("insertText", false, replacement)) {
    text.setRangeText(replacement, match.offset, match.offset + match.length, "end");
    checkSoon();
  }
}

function neighbour(step) {
  const here = text.selectionStart;
  const ahead = state.matches.filter((match) => (step > 0 ? match.offset > here : match.offset < here));
  return (step > 0 ? ahead[0] : ahead.at(-1)) ?? state.matches.at(step > 0 ? 0 : -1);
}

function onKey(event) {
  if (event.key === "F8") {
    const match = neighbour(event.shiftKey ? -1 : 1);
    if (match) goTo(match);
    event.preventDefault();
  } else if (event.key === "Enter" && event.altKey && state.active?.replacements.length) {
    accept(state.active, state.active.replacements[0].value);
    event.preventDefault();
  }
}

const at = (places, offset) => places.find((one) => one.offset <= offset && offset <= one.offset + one.length) ?? null;

// The pronoun under the cursor, by the server's account of it.
async function explain() {
  const pronoun = state.written === text.value ? at(state.pronouns, text.selectionStart) : null;
  light(at(state.matches, text.selectionStart));
  const place = pronoun ? `${pronoun.offset} ${text.value}` : "";
  if (!pronoun || place === explained) return;
  explained = place;
  try {
    const answer = await post("page/explanation", { text: text.value, offset: pronoun.offset });
    if (explained === place) element("pronoun").replaceChildren(...explanationPanel(answer));
  } catch (error) {
    element("pronoun").replaceChildren(nothing("p", `Not explained: ${error.message}.`));
  }
}

function grow() {
  text.style.height = "auto";
  text.style.height = `${text.scrollHeight + 2}px`;
}

text.addEventListener("input", checkSoon);
text.addEventListener("keydown", onKey);
for (const event of ["keyup", "click", "select"]) text.addEventListener(event, explain);
text.addEventListener("mousemove", (event) => light(rangeAt(mirror, state.matches, event.clientX, event.clientY)));
window.addEventListener("resize", grow);
element("colours").addEventListener("change", show);
element("picky").addEventListener("change", check);
element("example").addEventListener("click", () => {
  text.focus();
  text.setSelectionRange(text.value.length, text.value.length);
  const before = text.value.trim() ? "\n\n" : "";
  if (!document.execCommand("insertText", false, before + EXAMPLE)) {
    text.value += before + EXAMPLE;
    checkSoon();
  }
});
if (!text.value) text.value = sessionStorage.getItem(KEPT_AS) ?? "";
grow();
check();
