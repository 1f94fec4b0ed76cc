// Texts of the catalogue with what they leave open.

export const fill = (text, values) => text.replace(/{(\w+)}/g, (_, name) => values[name]);

// A text that depends on how many there are (CLDR plural categories).
export const count = (lang, texts, number) =>
  fill(texts[new Intl.PluralRules(lang).select(number)] || texts.other, { n: number.toLocaleString(lang) });
