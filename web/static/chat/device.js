// What this device keeps: the conversation's secret, what was said, and what is not sent yet.
// A browser may forbid any of it; then the chat works all the same until the page is closed.

const PREFIX = "streetcall.";
const KEPT_ENTRIES = 200;
const memory = new Map();

function read(key) {
  if (memory.has(key)) return memory.get(key);
  try {
    return localStorage.getItem(PREFIX + key);
  } catch {
    return null;
  }
}

function keep(key, value) {
  try {
    localStorage.setItem(PREFIX + key, value);
    memory.delete(key);
    return true;
  } catch {
    // An old value that cannot be replaced must not be read again.
    drop(key);
    memory.set(key, value);
    return false;
  }
}

function drop(key) {
  memory.delete(key);
  try {
    localStorage.removeItem(PREFIX + key);
  } catch {
    // Nothing was kept there.
  }
}

/** 128 random bits; crypto.randomUUID is missing on pages that are not https. */
export function newId() {
  const bytes = crypto.getRandomValues(new Uint8Array(16));
  return Array.from(bytes, (byte) => byte.toString(16).padStart(2, "0")).join("");
}

/** The conversation's secret, or null before the first message. */
export function knownConversation() {
  const secret = read("conversation");
  return secret && secret.length >= 16 ? secret : null;
}

/** The conversation's secret, made when it is first needed. */
export function conversation() {
  return knownConversation() ?? adopt(newId() + newId());
}

/** Go on with the conversation of somebody who began it without scripts. */
export function adopt(secret) {
  keep("conversation", secret);
  return secret;
}

/** True for a change in another tab that means: everything was forgotten there. */
export const isForgetting = (event) => event.key === `${PREFIX}conversation` && event.newValue === null;

/** The number after which replies are new. */
export const cursor = () => Number.parseInt(read("next") ?? "0", 10) || 0;
export const setCursor = (next) => keep("next", String(next));

/** What stands in the text box. */
export const draft = () => read("draft") ?? "";
export const setDraft = (text) => (text ? keep("draft", text) : drop("draft"));

/**
 * Everything said, oldest first: {id, who: "me" | "bot", at, text, …}. What is not sent yet is an
 * entry of ours with `state` "waiting" and its `message`; the photo of it lies beside.
 */
export class Log {
  constructor() {
    this.entries = [];
    this.reload();
  }

  /** Read again what another tab may have written; gives the entries that are new here. */
  reload() {
    let stored;
    try {
      stored = JSON.parse(read("log") ?? "[]");
    } catch {
      stored = [];
    }
    if (!Array.isArray(stored)) stored = [];
    const known = new Set(this.entries.map((entry) => entry.id));
    const fresh = stored.filter((entry) => entry?.id && !known.has(entry.id));
    const theirs = new Map(stored.map((entry) => [entry?.id, entry]));
    for (const entry of this.entries) {
      const other = theirs.get(entry.id);
      // Sent by another tab: do not send it again from here.
      if (other && entry.state && !other.state) Object.assign(entry, { state: undefined, message: undefined });
    }
    this.entries.push(...fresh);
    return fresh;
  }

  add(entry) {
    this.entries.push({ at: Date.now(), ...entry });
    this.save();
    return this.entries.at(-1);
  }

  change(entry, changes) {
    Object.assign(entry, changes);
    this.save();
  }

  /** The first entry that waits to be sent. */
  waiting() {
    return this.entries.find((entry) => entry.state === "waiting");
  }

  has(id) {
    return this.entries.some((entry) => entry.id === id);
  }

  save() {
    const old = this.entries.length - KEPT_ENTRIES;
    const kept = this.entries.filter((entry, index) => index >= old || entry.state);
    if (keep("log", JSON.stringify(kept))) return;
    // No room: the pictures are the first thing that can be missed.
    keep("log", JSON.stringify(kept.map((entry) => ({ ...entry, thumbnail: undefined }))));
  }
}

// Photos that wait are too big for localStorage.
const photosInMemory = new Map();
let database;

function photos(mode, act) {
  database ??= new Promise((resolve, reject) => {
    const opening = indexedDB.open("streetcall", 1);
    opening.onupgradeneeded = () => opening.result.createObjectStore("photos");
    opening.onsuccess = () => resolve(opening.result);
    opening.onerror = () => reject(opening.error);
  });
  return database.then(
    (open) =>
      new Promise((resolve, reject) => {
        const transaction = open.transaction("photos", mode);
        const request = act(transaction.objectStore("photos"));
        transaction.oncomplete = () => resolve(request.result);
        transaction.onerror = transaction.onabort = () => reject(transaction.error);
      }),
  );
}

/** Keep the photo of a message until it is sent. */
export async function keepPhoto(id, blob) {
  photosInMemory.set(id, blob);
  await photos("readwrite", (store) => store.put(blob, id)).catch(() => {});
}

/** The photo of a message, or null if this device has lost it. */
export async function photoOf(id) {
  return photosInMemory.get(id) ?? (await photos("readonly", (store) => store.get(id)).catch(() => null)) ?? null;
}

/** Forget the photo of a message that is sent. */
export async function dropPhoto(id) {
  photosInMemory.delete(id);
  await photos("readwrite", (store) => store.delete(id)).catch(() => {});
}

/** Forget everything. */
export async function clear() {
  for (const key of ["conversation", "next", "draft", "log"]) drop(key);
  photosInMemory.clear();
  await photos("readwrite", (store) => store.clear()).catch(() => {});
}

/** Run `act` while no other tab does; two tabs share one conversation. */
export function exclusively(act) {
  return navigator.locks ? navigator.locks.request("streetcall", act) : act();
}
