// The proof of work (ALTCHA, version 1), on the main thread: a strict policy allows no worker made here.
// `crypto.subtle` hashes elsewhere, and each batch waits for it, so that the page never stands still.
import { call } from "./calls.js";

const BATCH = 200;

const solved = async ({ algorithm, challenge, maxnumber, salt, signature }) => {
  const wanted = BigInt(`0x${challenge.slice(0, 16)}`);
  const hash = (number) => crypto.subtle.digest(algorithm, new TextEncoder().encode(salt + number));
  for (let first = 0; first <= maxnumber; first += BATCH) {
    const hashes = await Promise.all(Array.from({ length: BATCH }, (_, place) => hash(first + place)));
    const place = hashes.findIndex((found) => new DataView(found).getBigUint64(0) === wanted);
    if (place >= 0) return btoa(JSON.stringify({ algorithm, challenge, number: first + place, salt, signature }));
  }
};

// A proof is good once: `take` gives the one that was begun, or begins it.
export const prover = (widget, isWanted) => {
  let begun;
  const begin = () => (begun ||= call(widget, "challenge").then((answer) => answer.json()).then(solved));
  return {
    begin: () => isWanted && begin().catch(() => (begun = undefined)),
    take: async () => {
      if (!isWanted) return;
      try {
        return await begin();
      } finally {
        begun = undefined;
      }
    },
  };
};
