/* Sends files of a complaint, each at a place of its own that the API offers: offer, upload, announce. */
(() => {
  const box = document.querySelector("[data-upload]");
  const words = box.dataset;
  const token = document.querySelector('input[name="t"]')?.value;
  const chosen = box.querySelector("input");
  const list = box.querySelector("ul");

  const size = (bytes) =>
    new Intl.NumberFormat(document.documentElement.lang, {
      style: "unit", unit: "megabyte", minimumFractionDigits: 1, maximumFractionDigits: 1,
    }).format(bytes / 1e6);

  const asJson = (key, body) => ({
    method: "POST",
    headers: {
      "Authorization": `Bearer ${token}`,
      "Content-Type": "application/json",
      "Idempotency-Key": key,
      "Accept-Language": document.documentElement.lang,
    },
    body: JSON.stringify(body),
  });

  // Pages whose permission is a session, or the link of a task, take a form.
  const asForm = (key, body) => ({
    method: "POST",
    body: new URLSearchParams({ ...body, form: words.form, t: token ?? "", once: key }),
  });

  async function ask(path, key, body) {
    const answer = await fetch(words.upload + path, "form" in words ? asForm(key, body) : asJson(key, body));
    const told = await answer.json();
    if (!answer.ok) throw new Error(told.errors?.[0]?.detail ?? told.detail);
    return told;
  }

  function send(place, file, row) {
    return new Promise((done, failed) => {
      const request = row.request = new XMLHttpRequest();
      request.open(place.method, place.url);
      for (const [name, value] of Object.entries(place.headers)) request.setRequestHeader(name, value);
      request.upload.onprogress = (event) => {
        row.bar.value = event.loaded;
        row.say(words.progress.replace("{sent}", size(event.loaded)).replace("{size}", size(file.size)));
      };
      request.onload = () => (request.status < 300 ? done() : failed(new Error(words.failed)));
      request.onerror = () => failed(new Error(words.failed));
      request.onabort = () => failed(new Error(words.cancelled));
      request.send(file);
    });
  }

  async function add(file, row) {
    row.begin();
    const key = crypto.randomUUID();
    try {
      const place = await ask("", key, { name: file.name, type: file.type, size: file.size });
      await send(place.upload, file, row);
      const told = await ask(`/${place.id}/arrived`, key, {});
      row.end(told.state === "kept" ? words.kept : `${words.refused} ${told.reason ?? ""}`);
    } catch (error) {
      // What went wrong in the browser, or was answered by somebody else, has no words for a reader.
      row.end((error.name === "Error" && error.message) || words.failed, true);
    }
  }

  function made(tag, row, text = "") {
    const element = document.createElement(tag);
    element.textContent = text;
    row.append(element);
    return element;
  }

  function rowOf(file) {
    const item = made("li", list);
    made("bdi", item, file.name);
    const bar = made("progress", item);
    bar.max = file.size;
    bar.setAttribute("aria-label", file.name);
    const said = made("p", item);
    said.setAttribute("role", "status");
    const button = made("button", item);
    button.type = "button";
    const row = {
      bar,
      say(text) { said.textContent = text; },
      begin() {
        bar.hidden = false;
        bar.value = 0;
        button.hidden = false;
        button.textContent = words.cancel;
        button.onclick = () => row.request?.abort();
      },
      end(text, again = false) {
        bar.hidden = true;
        button.hidden = !again;
        button.textContent = words.again;
        button.onclick = () => add(file, row);
        row.say(text);
      },
    };
    return row;
  }

  chosen.addEventListener("change", () => {
    for (const file of chosen.files) add(file, rowOf(file));
    chosen.value = "";
  });
  document.querySelector("[data-otherwise]").hidden = true;
  box.hidden = false;
})();
