// Calls of the server. The address is a string and comes first: pages that wrap `fetch` expect that.

export const call = (widget, path, body, headers) =>
  fetch(
    widget.address(`v1/${path}`),
    body && {
      method: "POST",
      headers: { "Content-Type": "application/json", ...headers },
      body: JSON.stringify(body),
    },
  );

// What was answered: its status, the seconds to wait if there are any, and its body.
export const asked = async (...what) => {
  const answer = await call(...what);
  return { status: answer.status, wait: answer.headers.get("Retry-After"), body: await answer.json() };
};
