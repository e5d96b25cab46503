// The other pages of this browser that have the same response open.

import { showNotice } from "./notices.js";
import { randomName, thisPage } from "./this_page.js";

const channel = "BroadcastChannel" in window ? new BroadcastChannel("sixpoint") : null;

/** `submitted` is called when another page has submitted the response. */
export class OtherPages {
  constructor(response, { signal, submitted }) {
    this.response = response;
    this.submitted = submitted;
    this.names = new Set();
    channel?.addEventListener("message", ({ data }) => data.copy === response && this.hear(data), { signal });
  }

  get any() {
    return this.names.size > 0;
  }

  has(name) {
    return this.names.has(name);
  }

  /** "opened", "open", "took up" or "submitted"; `to` is the page that it is for, where it is for one. */
  tell(what, to = null) {
    channel?.postMessage({ what, copy: this.response, page: thisPage.name, to });
  }

  hear({ what, page, to }) {
    if (page === thisPage.name)
      thisPage.name = randomName(); // it took this page for closed
    else if (what === "opened") {
      this.names.add(page);
      this.tell("open", page);
    } else if (what === "open" && to === thisPage.name) {
      if (!this.any) showNotice("elsewhere");
      this.names.add(page);
    } else if (what === "submitted") this.submitted();
  }
}
