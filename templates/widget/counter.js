// How long the description is: seen from nine tenths of the limit on, read out a second after the last key.
import { "widget.too_many" as tooMany } from "./messages.js";
import { telling } from "./dom.js";
import { count, fill } from "./words.js";

const QUIET = 1000;

// Code points, as the server counts. Answers with what is wrong, or nothing.
export const over = (lang, text, most) => {
  const more = [...text].length - most;
  return more > 0 && count(lang, tooMany, more);
};

export const counter = ({ lang, words }, area, most) => {
  const [seen, heard] = telling();
  const number = (value) => value.toLocaleString(lang);
  let timer;
  area.addEventListener("input", () => {
    const used = [...area.value].length;
    const near = used < most * 0.9 ? "" : fill(words.count, { count: number(used), limit: number(most) });
    const text = over(lang, area.value, most) || near;
    seen.textContent = text;
    clearTimeout(timer);
    timer = setTimeout(() => (heard.textContent = text), QUIET);
  });
  return [seen, heard];
};
