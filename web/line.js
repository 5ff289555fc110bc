// The line to the relay: one socket to the place where this app came from, and only while a vault is open that has
// somebody to send to. What came in is kept before the relay hears that it was received.

import { App } from "./amends_wasm.js";

/** Longest time until the next step, in milliseconds. */
const MOST_REST = 3_600_000;
/** Milliseconds in which a greeting has to be answered. */
const PATIENCE = 5_000;

export class Line {
  #app;
  #keep;
  #inTurn;
  #tell;
  #socket;
  #incoming = [];
  #timer;
  #looked;

  /**
   * @param app the core
   * @param keep writes down what the core changed; says whether it was kept
   * @param inTurn does work when no other work is being done with the core
   * @param tell says that something came
   */
  constructor(app, keep, inTurn, tell) {
    this.#app = app;
    this.#keep = keep;
    this.#inTurn = inTurn;
    this.#tell = tell;
  }

  /** Looks once whether a relay is where this app came from. */
  find() {
    this.#looked ??= fetch("/v1/call", { method: "POST", body: App.hello(), signal: AbortSignal.timeout(PATIENCE) })
      .then((answer) => {
        // Too much to do there: another time.
        if (answer.status >= 429) throw new Error();
        return answer.ok ? answer.arrayBuffer() : new ArrayBuffer(0);
      })
      .then((bytes) => {
        if (App.isWelcome(new Uint8Array(bytes))) this.#app.setAddress(`${location.origin}/`);
      })
      .catch(() => {
        // No network, or no answer: another time.
        this.#looked = undefined;
      });
    return this.#looked;
  }

  /** Something may have been written, or begun. */
  poke() {
    if (this.#app.hasLine()) this.#step("tick");
    else this.close();
  }

  close() {
    clearTimeout(this.#timer);
    const socket = this.#socket;
    this.#socket = undefined;
    socket?.close();
  }

  #step(kind) {
    return this.#inTurn(async () => {
      if (!this.#app.hasLine()) return this.close();
      if (kind === "frames") {
        if (this.#incoming.length === 0) return;
        for (const frame of this.#incoming.splice(0)) this.#app.addFrame(frame);
      }
      const wanted = JSON.parse(this.#app.step(kind, Date.now()));
      const frames = [];
      for (let frame = this.#app.nextFrame(); frame; frame = this.#app.nextFrame()) frames.push(frame);
      // What was not kept was not received: the relay says it again on the next line.
      if (!(await this.#keep(this.#app)) || wanted.failed) return this.#hangUp(kind);
      for (const frame of frames) this.#socket?.send(frame);
      // What was to be said last is said before.
      if (wanted.disconnect) return this.#hangUp(kind);
      if (wanted.connect && !this.#socket) this.#open();
      if (wanted.came) this.#tell();
      this.#rest(wanted.wake - Date.now());
    });
  }

  #rest(time) {
    clearTimeout(this.#timer);
    this.#timer = setTimeout(() => this.poke(), Math.min(Math.max(time, 1_000), MOST_REST));
  }

  #hangUp(kind) {
    this.close();
    if (kind !== "disconnected") this.#step("disconnected");
    else this.#rest(30_000);
  }

  #open() {
    const address = new URL("/v1/ws", location.origin);
    address.protocol = address.protocol === "http:" ? "ws:" : "wss:";
    const socket = new WebSocket(address);
    socket.binaryType = "arraybuffer";
    this.#socket = socket;
    this.#incoming = [];
    const isMine = () => this.#socket === socket;
    socket.addEventListener("open", () => isMine() && this.#step("connected"));
    socket.addEventListener("message", ({ data }) => {
      if (!isMine() || !(data instanceof ArrayBuffer)) return;
      this.#incoming.push(new Uint8Array(data));
      if (this.#incoming.length === 1) this.#step("frames");
    });
    socket.addEventListener("close", () => {
      if (!isMine()) return;
      this.#socket = undefined;
      this.#step("disconnected");
    });
  }
}
