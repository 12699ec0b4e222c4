"""What a booth costs somebody who comes for the first time, on a phone that is not new and a line that is not good."""

import time

from playwright.sync_api import expect

from tests.journeys.booth.sitting import goal

MOST_BYTES = 250_000
SLOW_LINE = {"offline": False, "latency": 150, "downloadThroughput": 1_600_000 / 8, "uploadThroughput": 750_000 / 8}
SLOW_DEVICE = 4  # times slower than this one


def first_load(page, address: str, slow: bool) -> tuple[dict[str, int], float]:
    """Bytes on the line by file until goal and steps can be used, and the seconds that took."""
    devices = page.context.new_cdp_session(page)
    devices.send("Network.enable")
    devices.send("Network.setCacheDisabled", {"cacheDisabled": True})
    if slow:
        devices.send("Network.emulateNetworkConditions", SLOW_LINE)
        devices.send("Emulation.setCPUThrottlingRate", {"rate": SLOW_DEVICE})
    names, sizes = {}, {}
    devices.on("Network.responseReceived", lambda told: names.update({told["requestId"]: told["response"]["url"]}))
    devices.on("Network.loadingFinished", lambda told: sizes.update({told["requestId"]: told["encodedDataLength"]}))
    began = time.monotonic()
    page.goto(address, wait_until="commit")
    expect(page.locator(".goal-words:not([readonly])")).to_be_visible(timeout=30_000)
    expect(page.get_by_role("button", name="Add a step")).to_be_enabled()
    took = time.monotonic() - began
    page.evaluate("document.fonts.ready")
    fetched = {names.get(each, "").rpartition("/")[2]: size for each, size in sizes.items()}
    devices.detach()
    return fetched, took


def test_a_quarter_of_a_megabyte_is_enough_to_begin(ryan):
    """Bytes are held; seconds hang on the machine, and are only told."""
    address = ryan.url
    for slow in (False, True):
        page = ryan.context.new_page()
        fetched, took = first_load(page, address, slow)
        told = ", ".join(f"{name} {size}" for name, size in sorted(fetched.items(), key=lambda each: -each[1]))
        print(f"\n{'slow' if slow else 'plain'}: {took:.1f} s, {sum(fetched.values())} bytes: {told}")
        assert sum(fetched.values()) <= MOST_BYTES, fetched
        goal(page).press_sequentially("x")
        expect(goal(page)).to_have_value("x" if not slow else "xx")
        page.close()
