"""Exported pages in Chromium: they run nothing, ask for nothing, and leave nobody out."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any, Literal

import pytest
from axe_playwright_python.sync_playwright import Axe
from playwright.sync_api import Browser, CDPSession, Locator, Page, Route

pytestmark = pytest.mark.browser

PLACE = "http://export.test/page.html"
Scheme = Literal["light", "dark"]
WIDTHS = {"desktop": 1200, "phone": 320}
"""320 CSS pixels is the width at which WCAG 2.2 (1.4.10) still wants a page read without scrolling sideways."""


@contextmanager
def opened(
    chromium: Browser, path: Path, scheme: Scheme = "light", width: int = 1200
) -> Iterator[tuple[Page, list[str]]]:
    """A page served to the browser from memory, and all that it did beside being shown."""
    context = chromium.new_context(color_scheme=scheme, viewport={"width": width, "height": 800})
    page, deeds = context.new_page(), list[str]()

    def answer(route: Route) -> None:
        if route.request.url == PLACE:
            route.fulfill(body=path.read_bytes(), headers={"content-type": "text/html; charset=utf-8"})
        else:
            if not route.request.url.endswith("/favicon.ico"):  # the browser's own wish
                deeds.append(f"asked for {route.request.url}")
            route.abort()

    context.route("**/*", answer)
    page.on("console", lambda message: deeds.append(message.text))
    page.on("pageerror", lambda error: deeds.append(str(error)))
    page.on("dialog", lambda dialog: deeds.append("opened a dialog"))
    page.on("popup", lambda _: deeds.append("opened a window"))
    watch_scripts(context.new_cdp_session(page), deeds)
    page.goto(PLACE)
    yield page, deeds
    context.close()


def watch_scripts(session: CDPSession, deeds: list[str]) -> None:
    def parsed(event: dict[str, Any]) -> None:
        ours = not event.get("executionContextAuxData", {}).get("isDefault", True)  # playwright's own world
        if not ours and not str(event.get("url", "")).startswith(("pptr", "playwright", "chrome")):
            deeds.append("ran a script")

    session.on("Debugger.scriptParsed", parsed)
    session.send("Debugger.enable")


def test_pages_run_and_request_nothing(chromium: Browser, exported: list[Path]) -> None:
    for path in exported:
        with opened(chromium, path) as (_, deeds):
            assert deeds == [], path.name


def test_the_watch_would_see_a_script_and_a_request(chromium: Browser, tmp_path: Path) -> None:
    bad = tmp_path / "bad.html"
    bad.write_text("<!DOCTYPE html><title>x</title><img src=http://elsewhere.test/a.png onerror='document.title = 1'>")
    with opened(chromium, bad) as (page, deeds):
        page.wait_for_timeout(100)
        assert "asked for http://elsewhere.test/a.png" in deeds
        assert "ran a script" in deeds


def test_the_style_sheet_is_let_through(chromium: Browser, exported: list[Path]) -> None:
    for path in exported:
        with opened(chromium, path) as (page, _):
            assert page.locator("main").evaluate("main => getComputedStyle(main).maxWidth") != "none", path.name


@pytest.mark.parametrize("scheme", ["light", "dark"])
def test_pages_are_accessible(chromium: Browser, exported: list[Path], scheme: Scheme) -> None:
    for path in exported:
        with opened(chromium, path, scheme) as (page, _):
            page.locator("details").evaluate_all("all => all.forEach(each => each.open = true)")
            found = Axe().run(page)
            assert found.violations_count == 0, f"{path.name}: {found.generate_report()}"


@pytest.mark.parametrize("width", WIDTHS.values(), ids=WIDTHS)
def test_pages_fit_their_window(chromium: Browser, exported: list[Path], width: int) -> None:
    for path in exported:
        with opened(chromium, path, width=width) as (page, _):
            assert page.evaluate("document.documentElement.scrollWidth") <= width, path.name


def test_a_page_is_read_by_keyboard(chromium: Browser, exported: list[Path]) -> None:
    rivers = next(path for path in exported if path.name == "rivers.html")
    with opened(chromium, rivers) as (page, _):
        page.keyboard.press("Tab")
        assert page.locator(":focus").inner_text() == "Skip to the text"
        assert page.locator(":focus").bounding_box()["y"] >= 0  # type: ignore[index]


def test_a_block_s_reasons_come_on_focus_and_on_hover(chromium: Browser, exported: list[Path]) -> None:
    tables = next(path for path in exported if path.name == "explained-tables.html")
    for width in WIDTHS.values():
        with opened(chromium, tables, width=width) as (page, _):
            block, other = page.locator("#block-2"), page.locator("#block-3")
            reasons = page.locator("#why-2")
            assert not reasons.is_visible()
            block.focus()
            assert reasons.is_visible()
            assert block.get_attribute("aria-describedby") == "why-2"
            assert not covered(block, reasons)
            other.hover()
            assert page.locator("#why-3").is_visible()
            page.mouse.move(0, 0)
            page.keyboard.press("Tab")
            assert not reasons.is_visible()


def covered(one: Locator, other: Locator) -> bool:
    """Whether one box lies over another."""
    a, b = one.bounding_box(), other.bounding_box()
    assert a and b
    beside = a["x"] + a["width"] <= b["x"] or b["x"] + b["width"] <= a["x"]
    return not beside and a["y"] < b["y"] + b["height"] and b["y"] < a["y"] + a["height"]


def test_an_explanation_shows_only_what_is_asked_for(chromium: Browser, exported: list[Path]) -> None:
    modern = next(path for path in exported if path.name == "explained-modern.html")
    with opened(chromium, modern) as (page, _):
        kept, removed = page.locator(".sheet .block.kept"), page.locator(".sheet .block.removed")
        assert kept.first.is_visible()
        assert removed.first.is_visible()
        page.locator("#show-kept").check()
        assert kept.first.is_visible()
        assert not removed.first.is_visible()
        page.locator("#show-removed").check()
        assert removed.first.is_visible()
        assert not kept.first.is_visible()
        page.locator("#show-scores").check()
        assert page.locator(".removed .score").first.is_visible()
