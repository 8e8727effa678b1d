// What is seen: messages, the tray of things to send, the status line. No decisions here.

import { write } from "./words.js";

// Times as people write them in the UK, in the language of the page.
const LOCALE = new Intl.Locale(document.documentElement.lang, { region: "GB" });
const FOLLOWS_WITHIN_MS = 5 * 60_000;

const byId = (id) => document.getElementById(id);

function make(tag, className = "", text = "") {
  const node = document.createElement(tag);
  if (className) node.className = className;
  if (text) node.textContent = text;
  return node;
}

export class View {
  constructor(t) {
    this.t = t;
    this.log = byId("log");
    this.text = byId("text");
    this.tray = byId("tray");
    this.status = byId("status");
    this.typing = byId("typing");
    this.composer = byId("composer");
    this.locate = byId("locate");
    this.photo = byId("photo");
    this.onRetry = () => {};
    this.onChoice = () => {};
    this.lastDay = "";
    this.last = null;
    this.watchComposer();
  }

  /** Nothing in the log may hide behind the composer, whatever its height. */
  watchComposer() {
    let height = this.composer.offsetHeight;
    const measure = () => {
      const grown = this.composer.offsetHeight - height;
      height += grown;
      document.documentElement.style.setProperty("--composer", `${height}px`);
      // Only one of the two scrolls, depending on the room there is.
      this.log.scrollBy(0, grown);
      window.scrollBy(0, grown);
    };
    new ResizeObserver(measure).observe(this.composer);
    measure();
  }

  /** Remove all messages but the welcome. */
  empty() {
    for (const entry of [...this.log.children].slice(1)) entry.remove();
    this.lastDay = "";
    this.last = null;
  }

  /** Show an entry of the log at its end; gives the element. */
  show(entry) {
    this.showDay(entry.at);
    const node = make("div", `entry entry--${entry.who}`);
    node.dataset.id = entry.id;
    const { last } = this;
    if (last?.who === entry.who && entry.at - last.at < FOLLOWS_WITHIN_MS) node.classList.add("entry--follows");
    this.last = entry;
    node.append(make("span", "hidden", `${this.t(entry.who === "me" ? "chat.author.you" : "chat.author.bot")}:`));
    node.append(entry.reference ? this.plate(entry.reference) : this.bubble(entry));
    if (entry.buttons?.length) node.append(this.choices(entry));
    this.log.append(node);
    this.showState(entry);
    return node;
  }

  showDay(at) {
    const date = new Date(at);
    const day = date.toDateString();
    const now = new Date();
    const first = !this.lastDay;
    if (day === this.lastDay) return;
    this.lastDay = day;
    if (first && day === now.toDateString()) return;
    const yesterday = new Date(now.getFullYear(), now.getMonth(), now.getDate() - 1).toDateString();
    const names = { [now.toDateString()]: "chat.today", [yesterday]: "chat.yesterday" };
    const name = names[day] ? this.t(names[day]) : date.toLocaleDateString(LOCALE, { dateStyle: "long" });
    this.log.append(make("p", "day", name));
  }

  bubble(entry) {
    const bubble = make("div", "bubble");
    bubble.dir = "auto";
    if (entry.hasPhoto) bubble.append(this.picture(entry));
    if (entry.place) bubble.append(make("span", "bubble__place", this.t("chat.location.mine")));
    const words = make("span", "bubble__text");
    write(words, entry.text ?? "");
    if (entry.text) bubble.append(words);
    const time = make("time", "bubble__time");
    const at = new Date(entry.at);
    time.dateTime = at.toISOString();
    time.textContent = at.toLocaleTimeString(LOCALE, { hour: "2-digit", minute: "2-digit" });
    bubble.append(time);
    return bubble;
  }

  picture(entry) {
    if (!entry.thumbnail) return make("span", "bubble__file", this.t("chat.photo.sent"));
    const image = make("img", "bubble__photo");
    image.alt = this.t("chat.photo.sent");
    image.src = entry.thumbnail;
    return image;
  }

  /** The reference as a street's nameplate, with a button that copies it. */
  plate(reference) {
    const plate = make("div", "reference-plate");
    const words = make("div", "reference-plate__words");
    words.append(make("span", "reference-plate__label", this.t("chat.reference")), make("strong", "", reference));
    plate.append(words);
    if (navigator.clipboard) plate.append(this.copyButton(reference));
    return plate;
  }

  copyButton(reference) {
    const button = make("button", "button button--quiet", this.t("chat.copy"));
    button.type = "button";
    button.setAttribute("aria-label", `${this.t("chat.copy")} ${reference}`);
    button.addEventListener("click", async () => {
      await navigator.clipboard.writeText(reference).catch(() => {});
      this.say("chat.copied", { reference });
    });
    return button;
  }

  choices(entry) {
    const group = make("div", "choices");
    for (const { id, label } of entry.buttons) {
      const button = make("button", "button button--choice", label);
      button.type = "button";
      button.dir = "auto";
      if (entry.chosen === id) button.classList.add("is-chosen");
      button.addEventListener("click", () => {
        button.classList.add("is-chosen");
        this.onChoice(entry, { id, label });
      });
      group.append(button);
    }
    return group;
  }

  /** Buttons of what was asked before are of no use once something else is said. */
  settleChoices() {
    for (const button of this.log.querySelectorAll(".choices button")) button.disabled = true;
  }

  /** Show whether a message of ours is sent. */
  showState(entry) {
    const node = this.log.querySelector(`[data-id="${CSS.escape(entry.id)}"]`);
    if (!node) return;
    node.querySelector(".sending")?.remove();
    const trouble = entry.state && entry.trouble;
    node.classList.toggle("entry--unsent", Boolean(trouble));
    if (!trouble) return;
    const line = make("div", "sending");
    line.append(make("span", "", this.t(entry.trouble)), this.retryButton(entry));
    node.append(line);
    this.reveal(node);
  }

  retryButton(entry) {
    const retry = make("button", "button button--link", this.t("chat.retry"));
    retry.type = "button";
    retry.addEventListener("click", () => this.onRetry(entry));
    return retry;
  }

  /** Say something in the status line, for eyes and screen readers. */
  say(key, values = {}) {
    this.status.textContent = key ? this.t(key, values) : "";
  }

  setTyping(on) {
    this.typing.hidden = !on;
    if (on) this.reveal(this.typing);
  }

  /** True while the newest message is in sight: somebody who reads further up is left there. */
  atEnd() {
    const end = this.log.lastElementChild.getBoundingClientRect().bottom;
    return end < this.composer.getBoundingClientRect().top + 120;
  }

  reveal(node) {
    const calm = matchMedia("(prefers-reduced-motion: reduce)").matches;
    // What is taller than the room there is has to be read from its beginning.
    const fits = node.offsetHeight < Math.min(this.log.clientHeight, innerHeight - this.composer.offsetHeight);
    node.scrollIntoView({ block: fits ? "nearest" : "start", behavior: calm ? "auto" : "smooth" });
  }

  /** Point to what the last reply asks for. */
  setWanted(wants) {
    const hint = { location: "chat.placeholder.location", photo: "chat.placeholder.photo" }[wants];
    this.text.placeholder = this.t(hint ?? "chat.placeholder");
    this.locate.classList.toggle("is-wanted", wants === "location");
    this.composer.querySelector(".file").classList.toggle("is-wanted", wants === "photo");
  }

  /** Show what goes with the next message; `remove` is called with an item of it. */
  showTray(items, remove) {
    this.tray.hidden = items.length === 0;
    this.tray.replaceChildren(...items.map((item) => this.trayItem(item, remove)));
  }

  trayItem(item, remove) {
    const row = make("li", "tray__item");
    if (item.thumbnail) {
      const image = make("img");
      image.alt = "";
      image.src = item.thumbnail;
      row.append(image);
    }
    row.append(make("span", "tray__name", item.name));
    const button = make("button", "tray__remove", "×");
    button.type = "button";
    button.setAttribute("aria-label", this.t("chat.photo.remove", { name: item.name }));
    button.addEventListener("click", () => remove(item));
    row.append(button);
    return row;
  }

  /** Back to the text box; on a touch screen that would call up the keyboard, so only near it. */
  focusText() {
    if (matchMedia("(hover: hover) and (pointer: fine)").matches) this.text.focus({ preventScroll: true });
    else if (document.activeElement === document.body) this.log.focus({ preventScroll: true });
  }
}
