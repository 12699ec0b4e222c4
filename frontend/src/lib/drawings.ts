// The few drawings that TypeScript makes itself; the paths are those of alongside/look/icons.py.

const PATHS = {
  close: "M5.5 5.5l9 9M14.5 5.5l-9 9",
  file: "M5 3h6.5L15 6.5V17H5zM11.5 3v3.5H15",
  warning: "M10 3.5 17.5 16.5h-15zM10 8.5v3.7M10 14.3h.01",
  bell: "M5 13.5V9a5 5 0 0 1 10 0v4.5l1.5 1.5h-13zM8.5 17h3",
}

export function drawing(name: keyof typeof PATHS, small = false): SVGSVGElement {
  return drawn(PATHS[name], small)
}

/** Draws one path on the grid of icons: 20 by 20, stroked. */
export function drawn(d: string, small = false): SVGSVGElement {
  const space = "http://www.w3.org/2000/svg"
  const svg = document.createElementNS(space, "svg")
  svg.setAttribute("class", "icon")
  svg.setAttribute("viewBox", "0 0 20 20")
  svg.setAttribute("aria-hidden", "true")
  if (small) svg.dataset.size = "s"
  const path = document.createElementNS(space, "path")
  path.setAttribute("d", d)
  svg.append(path)
  return svg
}

/** Makes an element with attributes and children; a child that is text stays text. */
export function make<Name extends keyof HTMLElementTagNameMap>(
  name: Name,
  attributes: Record<string, string> = {},
  ...children: (Node | string)[]
): HTMLElementTagNameMap[Name] {
  const element = document.createElement(name)
  for (const [key, value] of Object.entries(attributes)) element.setAttribute(key, value)
  element.append(...children)
  return element
}
