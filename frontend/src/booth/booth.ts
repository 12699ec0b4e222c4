// The live page of a booth: `<div id="booth" data-code="…" data-base="/booths/…" data-words="{…}">`. What is in it is
// made in `opening.ts`. This part is small and needs no other: over a slow line the table is asked for, and the largest
// piece is fetched, while the rest of the page is still on its way.

const booth = document.querySelector<HTMLElement>("#booth[data-base]")

if (booth) {
  const asked = fetch(`${booth.dataset.base}/table`, { credentials: "same-origin", headers: { Accept: "application/json", "X-Fragment": "json" } })
  asked.catch(() => undefined) // it is asked again below
  void import("yjs")
  void import("./opening").then(({ open }) => open(booth, asked))
}
