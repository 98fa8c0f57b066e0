// What stands beside the text: findings, the explanation of a pronoun, and who is who. Texts go in as text, never as HTML.

const N_COLOURS = 6;
const PERCENT = new Intl.NumberFormat("en", { style: "percent", maximumFractionDigits: 0 });

function made(name, attributes = {}, ...content) {
  const element = document.createElement(name);
  for (const [key, value] of Object.entries(attributes)) element.setAttribute(key, value);
  element.append(...content);
  return element;
}

function button(words, action, attributes = {}) {
  const element = made("button", { type: "button", ...attributes }, words);
  element.addEventListener("click", action);
  return element;
}

export function nothing(name, words) {
  return made(name, { class: "nothing" }, words);
}

export function findingCard(match, isActive, accept, goTo) {
  const actions = match.replacements.map(({ value }) =>
    button(`Write “${value}”`, () => accept(match, value), { class: "accept" }),
  );
  const word = match.context.text.substr(match.context.offset, match.context.length);
  actions.push(button("Show", () => goTo(match), { "aria-label": `Show “${word}” in the text` }));
  const url = match.rule.urls?.[0]?.value;
  if (url) actions.push(made("a", { href: url, rel: "noreferrer" }, `About ${match.rule.id}`));
  const card = made("li", {}, made("p", {}, `${match.message}.`), made("div", { class: "actions" }, ...actions));
  card.classList.toggle("active", isActive);
  return card;
}

export function explanationPanel(answer) {
  const whom = answer.antecedent
    ? ` is taken for “${answer.antecedent.text}” (${PERCENT.format(answer.antecedent.probability)}).`
    : " stands for somebody or something uncertain.";
  const panel = [made("p", {}, made("strong", {}, answer.pronoun), whom)];
  for (const finding of answer.findings) panel.push(made("p", {}, `${finding.message}. ${finding.why}`));
  panel.push(
    table("Expected here", answer.expected.map(({ label, probability }) => [label, probability, PERCENT.format(probability)])),
  );
  const strongest = Math.max(...answer.depends_on.map((one) => Math.abs(one.log_odds)), 0.01);
  panel.push(
    table(
      "Depends on, in log-odds",
      answer.depends_on.map((one) => [one.word, Math.abs(one.log_odds) / strongest, one.log_odds.toFixed(2)]),
    ),
  );
  return panel;
}

function table(title, rows) {
  const body = rows.map(([label, share, figure]) =>
    made(
      "tr",
      {},
      made("th", { scope: "row" }, label),
      made("td", {}, made("meter", { min: 0, max: 1, value: share, "aria-label": `${label}: ${figure}` }), made("span", {}, figure)),
    ),
  );
  return made("table", {}, made("caption", {}, title), made("tbody", {}, ...body));
}

export function peopleList(written, chains) {
  const people = chains
    .map((chain, index) => ({ index, words: chain.map((place) => written.substr(place.offset, place.length)) }))
    .filter(({ words }) => words.length > 1);
  if (!people.length) return [nothing("li", "Nobody is mentioned twice yet.")];
  return people.map(({ index, words }) =>
    made("li", { class: `chain-${index % N_COLOURS}` }, made("strong", {}, words[0]), `: ${words.slice(1).join(", ")}`),
  );
}
