// The page's sentences, and the safe way to show somebody's text.

// A street reference such as LW-4F7-2Q9; the alphabet has no letters that look like digits.
const REFERENCE = "[A-Z]{1,4}-[2-9CFGHJMPQRVWX]{3}-[2-9CFGHJMPQRVWX]{3}";
const LINK = "https?://[^\\s<>\"']+";
const EMERGENCY = "(?<=\\b(?:call|ring|dial|phone) )(?:999|101|0800 111 999)\\b";
const SPECIAL = new RegExp(`(?<link>${LINK})|(?<reference>\\b${REFERENCE}\\b)|(?<phone>${EMERGENCY})`, "giu");

/** A function that gives the sentence for a key, its {names} filled in. */
export function speaker(json) {
  const sentences = JSON.parse(json);
  return (key, values = {}) =>
    (sentences[key] ?? key).replace(/\{(\w+)\}/g, (whole, name) => String(values[name] ?? whole));
}

/** Put text into an element: as text, never as markup, with our own links made clickable. */
export function write(element, text) {
  let done = 0;
  for (const match of text.matchAll(SPECIAL)) {
    const piece = special(match);
    if (!piece) continue;
    element.append(text.slice(done, match.index), piece.node);
    done = match.index + piece.length;
  }
  element.append(text.slice(done));
}

function special(match) {
  const { link, reference, phone } = match.groups;
  if (reference) return { node: reference_(reference), length: reference.length };
  if (phone) return { node: anchor(`tel:${phone.replaceAll(" ", "")}`, phone), length: phone.length };
  return ownLink(link);
}

function reference_(text) {
  const node = document.createElement("strong");
  node.className = "reference";
  node.textContent = text.toUpperCase();
  return node;
}

function ownLink(text) {
  const address = text.replace(/[.,;:!?)\]}»”’]+$/u, "");
  let url;
  try {
    url = new URL(address);
  } catch {
    return null;
  }
  // A message could be made to quote any address: only our own are a link.
  if (url.origin !== location.origin) return null;
  return { node: anchor(url.href, address), length: address.length };
}

function anchor(address, text) {
  const node = document.createElement("a");
  node.href = address;
  node.textContent = text;
  return node;
}
