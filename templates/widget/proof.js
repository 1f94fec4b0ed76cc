// The proof of work (ALTCHA, version 1), on the main thread: a strict policy allows no worker made here.
// `crypto.subtle` hashes elsewhere, and each batch waits for it, so that the page never stands still.
import { asked } from "./calls.js";

const BATCH = 200;

const solved = async (given) => {
  const wanted = BigInt(`0x${given.challenge.slice(0, 16)}`);
  const hash = (number) =>
    crypto.subtle.digest(given.algorithm, new TextEncoder().encode(given.salt + number));
  for (let first = 0; first <= given.maxnumber; first += BATCH) {
    const hashes = await Promise.all([...Array(BATCH).keys()].map((place) => hash(first + place)));
    const place = hashes.findIndex((found) => new DataView(found).getBigUint64() === wanted);
    if (place >= 0) return btoa(JSON.stringify({ ...given, number: first + place }));
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
