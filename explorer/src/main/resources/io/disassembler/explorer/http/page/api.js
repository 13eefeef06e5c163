// Talks to the server. What goes wrong is an Error whose message is meant for people.

/** This tab, to the server. */
export const session = crypto.randomUUID ? crypto.randomUUID() : String(Math.random()).slice(2);

/** What the server said no to. */
export class Refused extends Error {
  constructor(status, message) {
    super(message);
    this.status = status;
  }
}

async function ask(path, options = {}) {
  let response;
  try {
    response = await fetch(path, { credentials: "same-origin", ...options });
  } catch (error) {
    if (error.name === "AbortError") {
      throw error;
    }
    throw new Error("The explorer does not answer. Is the command still running?");
  }
  if (!response.ok) {
    const body = await response.json().catch(() => ({}));
    throw new Refused(response.status, body.error ?? `The explorer answered ${response.status}.`);
  }
  return response;
}

export const get = async (path, signal) => (await ask(path, { signal })).json();

export const post = async (path, body, signal) =>
  (
    await ask(path, {
      method: "POST",
      signal,
      headers: { "Content-Type": "application/json" },
      body: JSON.stringify({ session, ...body }),
    })
  ).json();

/** Sends a file as it is. */
export const upload = async (path, file) =>
  (
    await ask(path, {
      method: "POST",
      headers: { "Content-Type": "application/octet-stream" },
      body: file,
    })
  ).json();

/** Does not wait any more for what was asked for last. */
export const leave = (kind) => ask(`/api/${kind}?session=${session}`, { method: "DELETE" });

/** A file, and what it is called. */
export async function download(path) {
  const response = await ask(path);
  const name = /filename="([^"]+)"/.exec(response.headers.get("Content-Disposition") ?? "");
  return { blob: await response.blob(), name: name ? name[1] : "download" };
}

const FINAL = new Set(["done", "failed", "cancelled"]);

/** Begins a task and tells of everything new until it is over. */
export async function follow(kind, body, tell, signal) {
  let task = await post(`/api/${kind}`, body, signal);
  tell(task);
  while (!FINAL.has(task.state)) {
    task = await get(`/api/${kind}/${task.id}?seen=${task.version}`, signal);
    tell(task);
  }
  return task;
}
