// The files that go with a complaint: chosen before it is sent, uploaded after, one row each.
import { h } from "./dom.js";
import { field } from "./fields.js";
import { upload } from "./upload.js";
import { fill } from "./words.js";

// One row: what is known of a file, and the button for what can be done with it now.
const row = (widget, file) => {
  const { words } = widget;
  const [tenth, unit] = file.size < 1e6 ? [100, "kilobyte"] : [1e5, "megabyte"];
  const sized = (bytes) => (Math.ceil(bytes / tenth) / 10).toLocaleString(widget.lang, { style: "unit", unit });
  const bar = h("progress", { max: file.size, value: 0, "aria-label": file.name });
  const size = h("span", {}, sized(file.size));
  const said = h("b", { role: "status" });
  const button = h("button", { type: "button", class: "quiet" });
  const item = h("li", {}, h("bdi", {}, file.name), " ", size, " ", said, button);
  const offer = (text, act) => {
    button.textContent = text;
    button.onclick = act;
    button.hidden = !act;
  };
  const end = (text, act) => {
    bar.remove();
    said.textContent = text;
    offer(words.again, act);
  };
  const tell = (sent) => {
    bar.value = sent;
    size.textContent = fill(words.progress, { sent: sized(sent), size: sized(file.size) });
  };
  const send = async (receipt) => {
    offer(words.cancel);
    said.textContent = "";
    item.append(bar);
    try {
      end((await upload(widget, receipt, file, tell, (stop) => offer(words.cancel, stop))) || words.file_done);
    } catch {
      end(words.file_failed, () => send(receipt));
    }
  };
  offer(words.cancel, () => item.remove());
  return { item, send };
};

export const files = (widget, { types, size, count, text, hint, wrong }) => {
  const rows = [];
  const list = h("ul", {});
  const change = () => {
    const refused = [];
    for (const file of input.files) {
      const why =
        (!types.includes(file.type) && wrong.type) ||
        (!file.size && wrong.empty) ||
        (file.size > size && wrong.size) ||
        (list.childElementCount >= count && wrong.count);
      if (why) refused.push(fill(why, file));
      else {
        const made = row(widget, file);
        rows.push(made);
        list.append(made.item);
      }
    }
    input.value = "";
    input.previousSibling.textContent = refused.join(" ");
  };
  const input = h("input", { type: "file", multiple: "", accept: types.join(), change });
  return {
    nodes: [field("files", text, input, hint), list],
    list,
    send: async (receipt) => {
      for (const one of rows) if (one.item.isConnected) await one.send(receipt);
    },
  };
};
