// What was typed is kept in this tab until the complaint is sent; without storage, as long as the dialog.

export const draft = (site) => {
  const name = `answerable:${site}`;
  const store = (act) => {
    try {
      return act(sessionStorage);
    } catch {
      return null;
    }
  };
  return {
    read: () => JSON.parse(store((kept) => kept.getItem(name))) || {},
    write: (values) => store((kept) => kept.setItem(name, JSON.stringify(values))),
    remove: () => store((kept) => kept.removeItem(name)),
  };
};
