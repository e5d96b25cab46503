// Requests to the server, and what their answers mean.

import { thisPage } from "./this_page.js";

export const TIMEOUT = 30_000; // milliseconds
const LONGEST_KEPT_ALIVE = 60_000; // bytes: browsers take 64 KiB

/** What the server is told with each request: whose page asks, which page, and its token, which signing in changes. */
export function pageHeaders() {
  const token = document.cookie.match(/(?:^|; )sixpoint_csrf=([^;]*)/)?.[1] ?? "";
  const { person } = document.body.dataset;
  return { "X-CSRFToken": token, "X-Person": person, "X-Page": `${thisPage.name}/${Date.now()}`, "HX-Request": "true" };
}

/** An answer of the server, or null without one. */
export async function ask(address, { headers = {}, ...options } = {}) {
  try {
    return await fetch(address, {
      redirect: "manual", // to sign in: a page that is not meant for us
      signal: AbortSignal.timeout(TIMEOUT),
      headers: { ...pageHeaders(), ...headers },
      ...options,
    });
  } catch {
    return null;
  }
}

/**
 * "ok", "signed-out", "gone" (no longer the person's), "overtaken" (by another page) or "refused"; or try again: "away" (no server),
 * "busy" or "full" (its disk).
 */
export function outcomeOf(answer) {
  if (answer?.status === 503) return "busy";
  if (answer?.status === 507) return "full";
  if (!answer || answer.status >= 500 || answer.status === 408 || answer.status === 429) return "away";
  if (answer.type === "opaqueredirect" || [401, 403, 404].includes(answer.status)) return "signed-out";
  if (answer.ok) return "ok";
  return { 409: "gone", 412: "overtaken" }[answer.status] ?? "refused";
}

/** What an answer to htmx means. Its requests follow a redirect, which leads to sign in: our views answer htmx with pages. */
export function outcomeOfRequest({ xhr, pathInfo }) {
  const type = pathInfo.responsePath === pathInfo.finalRequestPath ? "basic" : "opaqueredirect";
  return outcomeOf({ status: xhr.status, ok: xhr.status >= 200 && xhr.status < 300, type });
}

const FACTS_OR_PAGE = "application/json, text/html;q=0.9"; // a page only where there is another one to be shown

/** Whether the same is to be sent again. */
export const isLater = (outcome) => ["away", "busy", "full", "signed-out"].includes(outcome);

/** Sends a form's fields; `outlive` lets the request outlive the page, where it is short enough. `content` is the answer's JSON. */
export async function postForm(address, data, { outlive = false } = {}) {
  // The header has the token that holds now. What is empty need not be sent: the server reads no more than 1,000 fields.
  const fields = [...data].filter(([name, value]) => name !== "csrfmiddlewaretoken" && value !== "");
  const body = new URLSearchParams(fields);
  const keepalive = outlive && String(body).length < LONGEST_KEPT_ALIVE;
  const answer = await ask(address, { method: "POST", headers: { Accept: FACTS_OR_PAGE }, body, keepalive });
  const text = (await answer?.text().catch(() => null)) ?? null;
  const isJson = text && answer.headers.get("Content-Type")?.startsWith("application/json");
  return {
    outcome: text === null ? "away" : outcomeOf(answer),
    html: text,
    address: answer?.headers.get("HX-Push-Url"),
    wait: Number(answer?.headers.get("Retry-After")) || 0, // seconds
    content: isJson ? JSON.parse(text) : null,
  };
}
