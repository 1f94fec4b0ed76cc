// One file on its way to the store: a place is asked for, the bytes go there, and their arrival is announced.
import { call } from "./calls.js";

// `fetch` tells nothing of what was sent so far. `cancellable` is given what stops it.
const put = ({ method, url, headers }, file, progress, cancellable) =>
  new Promise((done, fail) => {
    const request = new XMLHttpRequest();
    request.open(method, url);
    for (const header of Object.entries(headers)) request.setRequestHeader(...header);
    request.upload.onprogress = ({ loaded }) => progress(loaded);
    request.onload = () => (request.status < 300 ? done() : fail());
    request.onerror = request.onabort = fail;
    cancellable(() => request.abort());
    request.send(file);
  });

// Answers with why the file was refused, or nothing when it is kept. Rejects when it did not arrive.
export const upload = async (widget, { reference, access }, file, progress, cancellable) => {
  const ask = async (path, body) => {
    const answer = await call(widget, `complaints/${reference}/attachments${path}`, body, {
      Authorization: `Bearer ${access}`,
    });
    return answer.ok ? answer.json() : Promise.reject();
  };
  const { name, type, size } = file;
  const place = await ask("", { name, type, size });
  await put(place.upload, file, progress, cancellable);
  return (await ask(`/${place.id}/arrived`, {})).reason;
};
