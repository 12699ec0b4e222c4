"""What is looked for on a page in the browser: faults that axe knows, sideways scroll, what the keyboard reaches."""

import json

from tests.journeys.conftest import AXE

EVERYTHING = ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa", "best-practice"]
# What is in order stays in the browser: it would be a thousand times as much.
AXE_VIOLATIONS = """async only =>
  (await axe.run(document, {runOnly: only, resultTypes: ['violations']})).violations"""
COLOURS = ["color-contrast", "link-in-text-block"]  # the rules that another colour scheme may break


def faults_of(page, only: list[str] = EVERYTHING) -> list[str]:
    """What axe finds wrong, one line each: the rule and where. `only`: its tags, or the names of its rules."""
    page.evaluate("() => 'axe' in window") or page.evaluate(AXE.read_text() + "; undefined")
    violations = page.evaluate(AXE_VIOLATIONS, only)
    return [
        f"{rule['id']}: {json.dumps(node['target'])} {node['failureSummary'][:160]}"
        for rule in violations
        for node in rule["nodes"]
    ]


def sideways(page) -> int:
    """By how many pixels the page is wider than its window."""
    return page.evaluate(
        "() => Math.max(0, document.documentElement.scrollWidth - document.documentElement.clientWidth)"
    )


# A page whose parts fetch themselves is whole when they have come. (Turbo's own `frame.complete` is always true.)
WHOLE = "() => !document.querySelector('turbo-frame[src]:not([loading=lazy], [complete])')"

# Parts that would hear one hint and then no more.
DEAF_AFTERWARDS = """async () => {
  const deaf = [];
  for (const part of document.querySelectorAll('[data-controller~=live]')) {
    const answer = await fetch(part.dataset.liveSrcValue, {headers: {'X-Fragment': part.id}});
    const body = new DOMParser().parseFromString(await answer.text(), 'text/html').body;
    const itself = body.querySelector('#' + CSS.escape(part.id));
    const follows = itself?.matches('[data-controller~=live][data-live-topic-value][data-live-src-value]');
    if (!answer.ok || answer.redirected || (itself && !follows)) deaf.push(part.id);
  }
  return deaf;
}"""

# What can be operated: visible, enabled, not taken out of the order; one of each group of radios, none in closed parts.
# The marks are no attributes: those a part loses that is drawn anew.
CONTROLS = """() => {
  const shown = e => e.checkVisibility({checkVisibilityCSS: true}) && !e.closest('[inert]') && !e.disabled;
  window.marked = [];
  const groups = new Set();
  const every = 'a[href], button, input:not([type=hidden]), select, textarea, summary, iframe';
  for (const e of document.querySelectorAll(every)) {
    if (!shown(e) || e.tabIndex < 0) continue;
    if (e.type === 'radio') {
      if (groups.has(e.name)) continue;
      groups.add(e.name);
    }
    e.mark = String(window.marked.push(e) - 1);
  }
  return window.marked.length;
}"""
FOCUSED = """() => {
  const now = document.activeElement;
  return now?.mark ?? (now?.type === 'radio' ? now.name : '');
}"""
UNREACHED = """seen => window.marked
  .filter(e => e.isConnected && !seen.includes(e.mark) && !(e.type === 'radio' && seen.includes(e.name)))
  .map(e => e.outerHTML.slice(0, 160))"""
