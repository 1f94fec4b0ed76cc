// What was typed is kept in this tab until the complaint is sent; without storage, as long as the dialog.

export const draft = (site) => {
  const store = (act, ...values) => {
    try {
      return sessionStorage[act](`answerable:${site}`, ...values);
    } catch {
      return null;
    }
  };
  return {
    read: () => JSON.parse(store("getItem")) || {},
    write: (values) => store("setItem", JSON.stringify(values)),
    remove: () => store("removeItem"),
  };
};
