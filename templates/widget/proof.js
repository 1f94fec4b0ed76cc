// The proof of work (ALTCHA, version 1), on the main thread: a strict policy allows no worker made here.
// A promise that is kept gives no way to a key that is pressed: so each few hashes end their task.
import { asked } from "./calls.js";

const BATCH = 50;

const solved = async (given) => {
  const wanted = BigInt(`0x${given.challenge.slice(0, 16)}`);
  const hash = (number) =>
    crypto.subtle.digest(given.algorithm, new TextEncoder().encode(given.salt + number));
  const { port1, port2 } = new MessageChannel();
  for (let first = 0; first <= given.maxnumber; first += BATCH) {
    const hashes = await Promise.all([...Array(BATCH).keys()].map((place) => hash(first + place)));
    const place = hashes.findIndex((found) => new DataView(found).getBigUint64() === wanted);
    if (place >= 0) return btoa(JSON.stringify({ ...given, number: first + place }));
    await new Promise((resume) => {
      port1.onmessage = resume;
      port2.postMessage(0);
    });
  }
};

// A proof is good once: `take` gives the one that was begun early, or another where that failed.
export const prover = (widget, isWanted) => {
  let early;
  const begin = async () => {
    const got = await asked(widget, "challenge");
    return got.status < 300 ? solved(got.body) : Promise.reject(got);
  };
  return {
    begin: () => {
      if (isWanted) early ??= begin().catch(() => 0);
    },
    take: async () => {
      const begun = early;
      early = undefined;
      return isWanted ? (await begun) || begin() : undefined;
    },
  };
};
