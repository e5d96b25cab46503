// The name of this page, by which the server and the other pages of this browser tell pages apart.

export const randomName = () =>
  [...crypto.getRandomValues(new Uint8Array(12))].map((byte) => byte.toString(16).padStart(2, "0")).join("");

/** Until it is loaded anew; a page that takes a copy up takes its name too. */
export const thisPage = { name: randomName() };
