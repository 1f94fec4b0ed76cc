// Sends until there is an answer: a lost one is asked for again under the same key, so that it counts once.
import { asked } from "./calls.js";
import { fill } from "./words.js";

const WAITS = [1, 4, 10];

const seconds = (number) => new Promise((done) => setTimeout(done, number * 1000));
const back = () => new Promise((done) => addEventListener("online", done, { once: true }));

// Says each second when it goes on; every ten seconds to those who listen.
const countdown = async ({ lang, words }, left, [seen, heard]) => {
  for (let passed = 0; passed < left; passed++) {
    const when = new Intl.RelativeTimeFormat(lang).format(left - passed, "second");
    seen.textContent = fill(words.busy, { when });
    if (passed % 10 === 0) heard.textContent = seen.textContent;
    await seconds(1);
  }
};

const attempt = async (widget, entry, prover) => {
  try {
    const proof = await prover.take();
    const { key, body } = entry();
    return await asked(widget, "complaints", { ...body, proof }, { "Idempotency-Key": key });
  } catch (refused) {
    // Lost on its way, there or back: nobody knows whether it arrived. A refused challenge says why.
    return { status: 500, ...refused };
  }
};

// `entry` gives the key and the body as they are now. Answers as the server did, or nothing after all tries.
export const sent = async (widget, entry, prover, told) => {
  const say = (text) => told.forEach((node) => (node.textContent = text));
  for (let tries = 0; ; ) {
    const got = await attempt(widget, entry, prover);
    if (got.status === 429) await countdown(widget, +got.wait || 30, told);
    else if (got.status < 500) {
      const stale = got.body.errors?.some(({ pointer }) => pointer === "/proof");
      say("");
      if (!stale || tries++ === WAITS.length) return got;
    } else if (!navigator.onLine) {
      say(widget.words.offline);
      await back();
      tries = 0;
    } else if (tries < WAITS.length) await seconds(WAITS[tries++]);
    else return say(widget.words.failed);
  }
};
