// Requests to the server, and what their answers mean.

import { thisPage } from "./this_page.js";

const LONGEST_KEPT_ALIVE = 60_000; // bytes: browsers take 64 KiB

/** An answer of the server, or null without one. The token is read each time: signing in changes it. */
export async function ask(address, { headers = {}, ...options } = {}) {
  const token = document.cookie.match(/(?:^|; )sixpoint_csrf=([^;]*)/)?.[1] ?? "";
  // Outlives the page, where it is short enough.
  const keepalive = options.method === "PUT" && new Blob([options.body]).size < LONGEST_KEPT_ALIVE;
  try {
    return await fetch(address, {
      redirect: "manual", // to sign in: a page that is not meant for us
      signal: AbortSignal.timeout(30_000),
      keepalive,
      headers: { "X-CSRFToken": token, "X-Page": `${thisPage.name}/${Date.now()}`, ...headers },
      ...options,
    });
  } catch {
    return null;
  }
}

/** "ok", "away" (try again), "signed-out", "gone" (no longer the person's), "overtaken" (by another page) or "refused". */
export function outcomeOf(answer) {
  if (!answer || answer.status >= 500 || answer.status === 408 || answer.status === 429) return "away";
  if (answer.type === "opaqueredirect" || [401, 403, 404].includes(answer.status)) return "signed-out";
  if (answer.ok) return "ok";
  return { 409: "gone", 412: "overtaken" }[answer.status] ?? "refused";
}

/** Sends a form's fields. With JSON among the kinds it asks for, the answer to a fault is the fault alone, and else the page with it. */
export async function postForm(address, data, kinds = "text/html") {
  data.delete("csrfmiddlewaretoken"); // the header has the one that holds now
  const answer = await ask(address, { method: "POST", headers: { "HX-Request": "true", Accept: kinds }, body: new URLSearchParams(data) });
  const html = await answer?.text().catch(() => null);
  const isJson = html && answer.headers.get("Content-Type")?.startsWith("application/json");
  return {
    outcome: html === null ? "away" : outcomeOf(answer),
    html,
    address: answer?.headers.get("HX-Push-Url"),
    content: isJson ? JSON.parse(html) : null,
  };
}
