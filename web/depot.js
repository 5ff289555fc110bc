// What this browser keeps of the vaults: sealed bytes only, in one database with a neutral name. Every change is
// written in one transaction, and counts as kept only when the browser says that it is on the disk.

const NAME = "notes-1";
const RECORDS = "records";
const VALUES = "values";
/** Numbers: how often something was written, and the last position of each place. */
const MARKS = "marks";
const ALL = [RECORDS, VALUES, MARKS];
/** Records that are read at a time. */
const CHUNK = 500;

let db;
/** How often had been written when everything was last read. */
let seen;
let hasRecords = false;

const asked = (request) =>
  new Promise((resolve, reject) => {
    request.onsuccess = () => resolve(request.result);
    request.onerror = () => reject(request.error);
  });

const finished = (transaction) =>
  new Promise((resolve, reject) => {
    transaction.oncomplete = () => resolve();
    transaction.onabort = () => reject(transaction.error ?? new Error("aborted"));
    transaction.onerror = () => reject(transaction.error);
  });

const ofPlace = (place) => IDBKeyRange.bound([place], [place, []]);

/** Opens the database. Says whether this browser keeps anything. */
export async function open() {
  try {
    const request = indexedDB.open(NAME, 1);
    request.onupgradeneeded = () => {
      for (const name of ALL) request.result.createObjectStore(name);
    };
    db = await asked(request);
    // A newer version of the app in another tab wants to change the database: it shall not wait for this one.
    db.onversionchange = () => db.close();
    return true;
  } catch {
    return false;
  }
}

/** Whether something was written by another tab since it was read here. */
export async function isStale() {
  return (await count()) !== seen;
}

async function count() {
  return (await asked(db.transaction(MARKS).objectStore(MARKS).get("writes"))) ?? 0;
}

/** Takes in what is kept: values, and the records too if `all`. */
export async function load(app, all) {
  app.unload();
  const transaction = db.transaction(ALL);
  seen = (await asked(transaction.objectStore(MARKS).get("writes"))) ?? 0;
  await each(transaction.objectStore(VALUES), ([place, name], bytes) => app.loadValue(place, name, bytes));
  if (all) {
    await each(transaction.objectStore(RECORDS), ([place, position], { id, bytes }) =>
      app.loadRecord(place, position, id, bytes),
    );
    await each(transaction.objectStore(MARKS), (key, end) => Array.isArray(key) && app.loadEnd(key[0], end));
  }
  hasRecords = all;
  app.loaded();
}

/** Takes in what is not here yet, or not any more as it is kept. */
export async function refresh(app, all) {
  if ((await isStale()) || (all && !hasRecords)) await load(app, all || hasRecords);
}

async function each(store, take) {
  let range = null;
  for (;;) {
    const [keys, values] = await Promise.all([
      asked(store.getAllKeys(range, CHUNK)),
      asked(store.getAll(range, CHUNK)),
    ]);
    keys.forEach((key, index) => take(key, values[index]));
    if (keys.length < CHUNK) return;
    range = IDBKeyRange.lowerBound(keys.at(-1), true);
  }
}

/** Writes what the core has changed, all of it or nothing. */
export async function write(app) {
  const changes = [];
  for (let change = app.nextWrite(); change; change = app.nextWrite()) {
    const { kind, place, position, name, id, bytes } = change;
    changes.push({ kind, place, position, name, id, bytes });
    change.free();
  }
  if (changes.length === 0) return;
  const transaction = db.transaction(ALL, "readwrite", { durability: "strict" });
  const done = finished(transaction);
  const [records, values, marks] = ALL.map((name) => transaction.objectStore(name));
  for (const { kind, place, position, name, id, bytes } of changes) {
    if (kind === "record") {
      records.put({ id, bytes }, [place, position]);
      const end = marks.get([place]);
      end.onsuccess = () => marks.put(Math.max(end.result ?? 0, position), [place]);
    } else if (kind === "no-record") records.delete([place, position]);
    else if (kind === "value") values.put(bytes, [place, name]);
    else if (kind === "no-value") values.delete([place, name]);
    else {
      records.delete(ofPlace(place));
      values.delete(ofPlace(place));
      marks.delete([place]);
    }
  }
  const writes = marks.get("writes");
  let next;
  writes.onsuccess = () => {
    next = (writes.result ?? 0) + 1;
    marks.put(next, "writes");
  };
  await done;
  seen = next;
}
