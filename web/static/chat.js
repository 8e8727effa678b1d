// The chat: what is said goes into the log first, is sent from there, and is kept until it arrived.

import * as device from "./chat/device.js";
import { PhotoProblem, base64, prepare } from "./chat/photos.js";
import { View } from "./chat/view.js";
import { speaker } from "./chat/words.js";

const API = "/api/chat";
const POLL_MS = 15_000;
const POLL_MAX_MS = 240_000;
const RETRY_MAX_MS = 60_000;
const ROUGH_M = 250;
const MOST_PHOTOS = 10;
const REFUSED = new Map([
  [400, "chat.sent.refused"],
  [413, "chat.sent.refused"],
  [422, "chat.sent.refused"],
]);

const page = document.getElementById("chat");

class Chat {
  constructor() {
    this.view = new View(speaker(page.dataset.words));
    this.log = new device.Log();
    this.photos = [];
    this.place = null;
    this.attempts = 0;
    this.pollWait = POLL_MS;
    this.sending = false;
  }

  start() {
    document.documentElement.classList.add("js");
    const { conversation } = page.dataset;
    if (conversation && !device.knownConversation()) device.adopt(conversation);
    this.view.photo.multiple = true;
    this.restore();
    this.listen();
    this.pump();
    this.schedulePoll(500);
  }

  restore() {
    const { view, log } = this;
    view.empty();
    view.log.setAttribute("aria-live", "off");
    for (const entry of log.entries) view.show(entry);
    if (log.entries.at(-1)?.who === "me") view.settleChoices();
    for (const node of view.log.querySelectorAll(".entry:has(~ .entry--me) .choices button")) node.disabled = true;
    view.setWanted(log.entries.findLast((entry) => !entry.reference)?.wants);
    if (!view.text.value) view.text.value = device.draft();
    if (log.entries.length) view.log.lastElementChild.scrollIntoView({ block: "end" });
    // What was read before is not read out again.
    setTimeout(() => view.log.setAttribute("aria-live", "polite"), 500);
  }

  listen() {
    const { view } = this;
    view.onRetry = (entry) => this.retry(entry);
    view.onChoice = (entry, choice) => this.choose(entry, choice);
    view.composer.addEventListener("submit", (event) => {
      event.preventDefault();
      this.send();
    });
    view.text.addEventListener("keydown", (event) => {
      if (event.key !== "Enter" || event.shiftKey || event.isComposing) return;
      event.preventDefault();
      this.send();
    });
    view.text.addEventListener("input", () => device.setDraft(view.text.value));
    view.photo.addEventListener("change", async () => {
      const files = [...view.photo.files];
      view.photo.value = "";
      await this.attach(files);
    });
    this.listenToPage();
  }

  listenToPage() {
    const { view } = this;
    view.locate.addEventListener("click", () => this.findPlace());
    page.addEventListener("paste", (event) => this.attachFrom(event, event.clipboardData));
    page.addEventListener("dragover", (event) => event.dataTransfer.types.includes("Files") && event.preventDefault());
    page.addEventListener("drop", (event) => this.attachFrom(event, event.dataTransfer));
    window.addEventListener("online", () => this.pumpNow());
    window.addEventListener("storage", (event) => {
      if (device.isForgetting(event)) location.reload();
      else this.showFromOtherTab();
    });
    document.addEventListener("visibilitychange", () => {
      if (document.hidden) return;
      this.pumpNow();
      this.schedulePoll(0);
    });
    for (const example of document.querySelectorAll(".example")) this.makeExample(example);
    this.listenToClear();
  }

  makeExample(item) {
    const button = document.createElement("button");
    button.type = "button";
    button.className = "button button--choice";
    button.textContent = item.textContent;
    button.addEventListener("click", () => {
      this.view.text.value = button.textContent;
      device.setDraft(button.textContent);
      this.view.text.focus();
    });
    item.replaceChildren(button);
  }

  listenToClear() {
    const dialog = document.getElementById("clear-dialog");
    document.getElementById("clear").addEventListener("click", () => dialog.showModal());
    dialog.addEventListener("close", async () => {
      if (dialog.returnValue !== "clear") return;
      await device.clear();
      this.log.entries = [];
      this.setPhotos([]);
      this.place = null;
      this.view.text.value = "";
      this.view.empty();
      this.view.setWanted(null);
      this.view.say("chat.clear.done");
    });
  }

  // Saying something

  async send() {
    const text = this.view.text.value.trim();
    const { photos, place } = this;
    if (!text && !photos.length && !place) {
      this.view.say("chat.empty");
      this.view.text.focus();
      return;
    }
    this.view.text.value = "";
    device.setDraft("");
    this.place = null;
    this.setPhotos([]);
    const first = { ...(text && { text }), ...(place && { location: place }) };
    // One photo goes with one message; the words go with the first.
    for (const [index, photo] of (photos.length ? photos : [null]).entries()) {
      await this.say(index ? {} : first, { photo });
    }
    this.pumpNow();
  }

  async choose(asked, choice) {
    this.log.change(asked, { chosen: choice.id });
    await this.say({ button: choice.id }, { words: choice.label });
    this.pumpNow();
  }

  async say(message, { photo = null, words = message.text } = {}) {
    const entry = {
      id: device.newId(),
      who: "me",
      text: words,
      state: "waiting",
      message,
      place: Boolean(message.location),
      hasPhoto: Boolean(photo),
      thumbnail: photo?.thumbnail,
    };
    this.view.settleChoices();
    this.view.setWanted(null);
    this.view.say("");
    const node = this.view.show(this.log.add(entry));
    this.view.reveal(node);
    this.view.focusText();
    if (photo) await device.keepPhoto(entry.id, photo.blob);
  }

  // Sending what waits

  pumpNow() {
    clearTimeout(this.retryTimer);
    this.pump();
  }

  async pump() {
    if (this.sending || !this.log.waiting()) return;
    this.sending = true;
    this.polling?.abort();
    try {
      await device.exclusively(() => this.sendWaiting());
    } finally {
      this.sending = false;
      this.view.setTyping(false);
    }
    this.schedulePoll(POLL_MS);
  }

  async sendWaiting() {
    this.log.reload();
    for (let entry = this.log.waiting(); entry; entry = this.log.waiting()) {
      const trouble = await this.deliver(entry);
      if (!trouble) continue;
      this.attempts += 1;
      for (const waiting of this.log.entries) if (waiting.state === "waiting") this.trouble(waiting, trouble);
      const wait = Math.min(RETRY_MAX_MS, 1000 * 2 ** this.attempts) * (0.75 + Math.random() / 2);
      this.retryTimer = setTimeout(() => this.pump(), wait);
      return;
    }
    this.attempts = 0;
  }

  /** Send one message; gives the sentence for what is wrong if it has to be tried again. */
  async deliver(entry) {
    if (!navigator.onLine) return "chat.sent.waiting_offline";
    const photo = entry.hasPhoto ? await device.photoOf(entry.id) : null;
    if (entry.hasPhoto && !photo) return this.giveUp(entry, "chat.sent.failed");
    this.view.setTyping(true);
    let response;
    let answer;
    try {
      response = await this.post(entry, photo);
      if (response.ok) answer = await response.json();
    } catch {
      return "chat.sent.waiting";
    } finally {
      this.view.setTyping(false);
    }
    if (!response.ok) return this.answerTo(entry, response.status);
    await this.arrived(entry, answer);
    return "";
  }

  async post(entry, photo) {
    const body = { conversation: device.conversation(), message_id: entry.id, ...entry.message };
    if (photo) body.photo = await base64(photo);
    return fetch(API, {
      method: "POST",
      headers: { "Content-Type": "application/json" },
      body: JSON.stringify(body),
      signal: AbortSignal.timeout(photo ? 300_000 : 45_000),
    });
  }

  answerTo(entry, status) {
    if (REFUSED.has(status)) return this.giveUp(entry, REFUSED.get(status));
    return "chat.sent.waiting";
  }

  /** It will not get better by itself; the resident may still try. */
  giveUp(entry, trouble) {
    this.log.change(entry, { state: "failed", trouble });
    this.view.showState(entry);
    return "";
  }

  trouble(entry, trouble) {
    if (entry.trouble === trouble) return;
    this.log.change(entry, { trouble });
    this.view.showState(entry);
  }

  retry(entry) {
    if (entry.state === "failed") this.log.change(entry, { state: "waiting", trouble: undefined });
    this.view.showState(entry);
    this.pumpNow();
  }

  async arrived(entry, answer) {
    this.log.change(entry, { state: undefined, trouble: undefined, message: undefined });
    this.view.showState(entry);
    this.attempts = 0;
    if (entry.hasPhoto) await device.dropPhoto(entry.id);
    await this.receive(answer);
  }

  // Hearing

  /** Show the answer to a message; fetch what else was said since we last heard. */
  async receive(answer) {
    const heard = device.cursor();
    const next = answer.next ?? heard;
    let replies = answer.replies ?? [];
    if (next - heard > replies.length) {
      const all = await this.fetchSince(heard).catch(() => null);
      if (all && all.replies.length > replies.length) ({ replies } = all);
    }
    const reports = answer.reports?.length ? answer.reports : [answer.report];
    this.hear(replies, next, reports.filter((report) => report?.reference).map((report) => report.reference));
  }

  /** Show replies, and each new reference after the reply that names it. */
  hear(replies, next, references = []) {
    device.setCursor(Math.max(next, device.cursor()));
    const { view } = this;
    const follow = this.sending || view.atEnd();
    const shown = [];
    for (const [index, { text, buttons, wants }] of replies.entries()) {
      const id = `reply-${next}-${index}`;
      if (this.log.has(id)) continue;
      view.settleChoices();
      shown.push(view.show(this.log.add({ id, who: "bot", text, buttons, wants })));
      view.setWanted(wants);
      shown.push(...this.showReferences(references.filter((reference) => text.includes(reference))));
    }
    shown.push(...this.showReferences(references));
    if (follow) for (const node of shown.reverse()) view.reveal(node);
  }

  showReferences(references) {
    const fresh = references.filter((reference) => !this.log.has(`reference-${reference}`));
    return fresh.map((reference) =>
      this.view.show(this.log.add({ id: `reference-${reference}`, who: "bot", reference })),
    );
  }

  async fetchSince(after, signal = AbortSignal.timeout(10_000)) {
    const response = await fetch(`${API}?after=${after}`, {
      headers: { "X-Conversation": device.conversation() },
      signal,
    });
    if (!response.ok) throw new Error(String(response.status));
    return response.json();
  }

  schedulePoll(wait) {
    clearTimeout(this.pollTimer);
    this.pollTimer = setTimeout(() => this.poll(), wait);
  }

  async poll() {
    if (document.hidden) return;
    // Before the first word there is nothing to hear.
    if (this.sending || !device.knownConversation()) {
      this.schedulePoll(POLL_MS);
      return;
    }
    try {
      await device.exclusively(() => this.listenForNews());
      this.pollWait = POLL_MS;
    } catch {
      this.pollWait = Math.min(POLL_MAX_MS, this.pollWait * 2);
    }
    this.schedulePoll(this.pollWait);
  }

  async listenForNews() {
    this.polling = new AbortController();
    const timer = setTimeout(() => this.polling.abort(), 10_000);
    try {
      this.showFromOtherTab();
      const news = await this.fetchSince(device.cursor(), this.polling.signal);
      this.hear(news.replies ?? [], news.next ?? 0);
    } finally {
      clearTimeout(timer);
    }
  }

  showFromOtherTab() {
    for (const entry of this.log.reload()) this.view.show(entry);
  }

  // Photos and the place

  attachFrom(event, transfer) {
    const files = [...(transfer?.files ?? [])];
    if (!files.length) return;
    event.preventDefault();
    this.attach(files);
  }

  async attach(files) {
    for (const file of files.slice(0, MOST_PHOTOS - this.photos.length)) {
      try {
        const prepared = await prepare(file);
        this.setPhotos([...this.photos, { ...prepared, name: file.name }]);
        this.view.say("chat.photo.attached", { name: file.name });
      } catch (problem) {
        const key = problem instanceof PhotoProblem ? problem.key : "chat.photo.empty";
        this.view.say(key, { name: file.name, megabytes: 20 });
      }
    }
    this.view.focusText();
  }

  setPhotos(photos) {
    this.photos = photos;
    this.showTray();
  }

  showTray() {
    const place = this.place ? [{ name: this.view.t("chat.location.mine"), isPlace: true }] : [];
    this.view.showTray([...this.photos, ...place], (item) => this.remove(item));
  }

  remove(item) {
    if (item.isPlace) this.place = null;
    this.setPhotos(this.photos.filter((photo) => photo !== item));
    this.view.say(item.isPlace ? "chat.removed.location" : "chat.photo.removed", { name: item.name });
    this.view.text.focus();
  }

  findPlace() {
    if (!navigator.geolocation || !isSecureContext) {
      this.view.say("chat.location.unsupported");
      return;
    }
    this.view.say("chat.location.finding");
    navigator.geolocation.getCurrentPosition(
      ({ coords }) => this.found(coords),
      (error) => this.view.say(error.code === error.PERMISSION_DENIED ? "chat.location.denied" : "chat.location.unavailable"),
      { enableHighAccuracy: true, timeout: 15_000, maximumAge: 30_000 },
    );
  }

  async found({ latitude, longitude, accuracy }) {
    if (accuracy > ROUGH_M) {
      this.view.say("chat.location.rough", { distance: distance(accuracy) });
      return;
    }
    this.place = { latitude, longitude };
    if (this.view.text.value.trim() || this.photos.length) {
      this.showTray();
      this.view.say("chat.location.attached");
      this.view.focusText();
    } else {
      await this.send();
    }
  }
}

function distance(metres) {
  const [value, unit] = metres < 1000 ? [metres, "meter"] : [metres / 1000, "kilometer"];
  const rounded = metres < 1000 ? Math.round(value / 50) * 50 : Math.round(value);
  return new Intl.NumberFormat(document.documentElement.lang, { style: "unit", unit }).format(rounded);
}

// The answer to a form that was sent before this script was there belongs to the form's own
// conversation: it stays a plain page unless this device has no conversation yet.
if (!("answered" in page.dataset) || !device.knownConversation()) new Chat().start();
