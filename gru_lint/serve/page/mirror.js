// What lies behind the text area: the same text in the same lines, with marks where something is found.

const N_COLOURS = 6;

// The stretches between all ends of marks, so that marks may overlap.
export function paint(mirror, written, { matches, chains, active }) {
  const marks = chains.flatMap((chain, index) => chain.map((place) => ({ ...place, name: `chain-${index % N_COLOURS}` })));
  matches.forEach((match, index) => {
    marks.push({ ...match, name: match === active ? "finding active" : "finding", index });
  });
  const antecedent = active?.gruLint?.antecedent;
  if (antecedent?.offset !== undefined) marks.push({ ...antecedent, name: "antecedent" });
  const cuts = [...new Set([0, written.length, ...marks.flatMap((mark) => [mark.offset, mark.offset + mark.length])])];
  cuts.sort((one, other) => one - other);
  const pieces = cuts.slice(1).map((end, index) => piece(written, cuts[index], end, marks));
  // A last line that is empty has no height without a character.
  mirror.replaceChildren(...pieces, "\u200b");
}

function piece(written, start, end, marks) {
  const within = marks.filter((mark) => mark.offset <= start && end <= mark.offset + mark.length);
  if (!within.length) return written.slice(start, end);
  const made = document.createElement("mark");
  made.className = within.map((mark) => mark.name).join(" ");
  made.textContent = written.slice(start, end);
  const found = within.find((mark) => mark.index !== undefined);
  if (found) made.dataset.match = found.index;
  return made;
}

// The finding at a point of the window; the text area lies above the marks and gets all events.
export function rangeAt(mirror, matches, x, y) {
  for (const mark of mirror.querySelectorAll("[data-match]")) {
    for (const box of mark.getClientRects()) {
      if (box.left <= x && x <= box.right && box.top <= y && y <= box.bottom) return matches[mark.dataset.match] ?? null;
    }
  }
  return null;
}
