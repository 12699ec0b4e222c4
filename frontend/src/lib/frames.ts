// A frame that shows something anew leaves the reader where they are; one that shows another page, at its heading.
import type { FrameElement, TurboBeforeFrameRenderEvent } from "@hotwired/turbo"

import { Place } from "./place"

const shown = new WeakMap<FrameElement, string>()

document.addEventListener("turbo:before-frame-render", (event) => {
  const { detail } = event as TurboBeforeFrameRenderEvent
  const { render } = detail
  detail.render = (current, next) => {
    const place = Place.in(current)
    const before = shown.get(current) ?? location.pathname
    const now = new URL(current.src || location.href, location.href).pathname
    shown.set(current, now)
    render(current, next)
    place?.restore(now !== before)
  }
})
