// Sends until there is an answer: a lost one is asked for again under the same key, so that it counts once.
import {
  "widget.busy" as busy,
  "widget.failed" as failed,
  "widget.offline" as offline,
} from "./messages.js";
import { call } from "./calls.js";
import { fill } from "./words.js";

const WAITS = [1, 4, 10];

const seconds = (number) => new Promise((done) => setTimeout(done, number * 1000));
const back = () => new Promise((done) => addEventListener("online", done, { once: true }));

// Says each second when it goes on; every ten seconds to those who listen.
const countdown = async (lang, left, told) => {
  const words = new Intl.RelativeTimeFormat(lang);
  for (let passed = 0; left > 0; left--, passed++) {
    const text = fill(busy, { when: words.format(left, "second") });
    told.see(text);
    if (passed % 10 === 0) told.hear(text);
    await seconds(1);
  }
};

const attempt = async (widget, entry, prover) => {
  try {
    const proof = await prover.take();
    const { key, body } = entry();
    const answer = await call(widget, "complaints", { ...body, proof }, { "Idempotency-Key": key });
    return { status: answer.status, wait: answer.headers.get("Retry-After"), body: await answer.json() };
  } catch {
    // Lost on its way, there or back: nobody knows whether it arrived.
    return { status: 500 };
  }
};

// `entry` gives the key and the body as they are now. Answers with the last answer, or nothing after all tries.
export const sent = async (widget, entry, prover, told) => {
  let tries = 0;
  const say = (text) => {
    told.see(text);
    told.hear(text);
  };
  for (;;) {
    const got = await attempt(widget, entry, prover);
    if (got.status === 429) await countdown(widget.lang, +got.wait || 30, told);
    else if (got.status < 500) {
      const stale = got.body.errors?.some(({ pointer }) => pointer === "/proof");
      say("");
      if (!stale || tries++ === WAITS.length) return got;
    } else if (!navigator.onLine) {
      say(offline);
      await back();
      tries = 0;
    } else if (tries < WAITS.length) await seconds(WAITS[tries++]);
    else return say(failed);
  }
};
