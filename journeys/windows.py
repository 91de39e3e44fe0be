"""A window onto Remit, as one person has it. Every page that opens in it is looked over."""

from __future__ import annotations

import re
from collections.abc import Iterator
from contextlib import contextmanager

from axe_playwright_python.sync_playwright import Axe
from playwright.sync_api import ConsoleMessage, Locator, Page, Request, Response, TimeoutError

PHONE = {"width": 390, "height": 844}
DESK = {"width": 1280, "height": 900}
PATIENCE_MS = 10_000  # a busy machine is no fault of the page
GONE_ON = "net::ERR_ABORTED"  # a page that was left before all of it had come


class Window:
    """What someone does in words that they would use, with a mouse or a finger.

    Args:
        scripts: whether they run. Without them axe, itself a script, never ends.
    """

    def __init__(self, page: Page, home: str, *, scripts: bool = True) -> None:
        self.page, self.home, self.scripts = page, home, scripts
        self._wrong: list[str] = []
        self._refusals: set[int] = set()
        self._axe = Axe()
        self._scope = page.locator("body")
        page.on("console", self._console)
        page.on("pageerror", lambda error: self._wrong.append(f"script: {error}"))
        page.on("requestfailed", self._failed)
        page.on("response", self._answered)

    # What someone does

    def sign_in_as(self, persona: str, *, to: str = "/who/") -> None:
        """Be a made-up person, by the page on which anyone chooses one, on the way to an address."""
        self.open(f"/sign-in/as/?next={to}")
        self._click(self.page.locator(f"button[name=persona][value={persona}]"))

    def open(self, path: str) -> None:
        self.page.goto(self.home + path)
        self.look()

    def follow(self, words: str) -> None:
        """Follow the link, or what looks like a button and leads on."""
        named = re.compile(words, re.IGNORECASE) if isinstance(words, str) else words
        link = self.page.get_by_role("link", name=named).or_(self.page.get_by_role("button", name=named))
        self._click(link.first)

    def press(self, words: str) -> None:
        self._click(self._scope.get_by_role("button", name=words, exact=True).first)

    def press_like(self, words: str) -> None:
        """Press the button in whose words these stand."""
        self._click(self._scope.get_by_role("button", name=words).first)

    def write(self, label: str, text: str) -> None:
        self._field(label).fill(text)

    def choose(self, label: str, option: str) -> None:
        self._field(label).select_option(label=option)

    def choose_like(self, label: str, words: str) -> None:
        """Choose the option in which these words stand."""
        options = self._field(label).locator("option").all_text_contents()
        [option] = [option.strip() for option in options if words in option]
        self.choose(label, option)

    def tick(self, label: str) -> None:
        self._field(label).check()

    def mark(self, group: str, option: str) -> None:
        """Choose one of several that stand under each other."""
        self._option(group, option).check()

    def unfold(self, words: str) -> None:
        self.page.locator("summary", has_text=words).first.click()

    @contextmanager
    def within(self, words: str) -> Iterator[None]:
        """Unfold a part of the page, and work in it."""
        self.unfold(words)
        self._scope = self.page.locator("details", has=self.page.locator("summary", has_text=words)).first
        yield
        self._scope = self.page.locator("body")

    # What someone sees

    @property
    def heading(self) -> str:
        return self.page.locator("h1").inner_text()

    @property
    def path(self) -> str:
        return self.page.url.removeprefix(self.home)

    @property
    def words(self) -> str:
        """What stands on the page, in its main part and beside it."""
        return " ".join(self.page.locator(".remit-columns").inner_text().split())

    def reads(self, *sentences: str) -> None:
        for sentence in sentences:
            try:
                self.page.locator(".remit-columns", has_text=sentence).wait_for(timeout=PATIENCE_MS)
            except TimeoutError:
                raise AssertionError(f"“{sentence}” does not stand on {self.path}: {self.words}") from None

    def does_not_read(self, *sentences: str) -> None:
        for sentence in sentences:
            assert sentence not in self.words, f"“{sentence}” stands on {self.path}: {self.words}"

    @contextmanager
    def refused(self, status: int) -> Iterator[None]:
        """What follows is refused with this status, and that is right."""
        self._refusals.add(status)
        yield
        self._refusals.discard(status)

    # What must hold on every page

    def look(self) -> None:
        """Nothing failed, nothing sticks out to the side, and axe finds nothing."""
        self.page.wait_for_load_state("load")
        self.nothing_went_wrong()
        self.nothing_sticks_out()
        self.ids_are_single()
        if self.scripts:
            self.axe_finds_nothing()

    def nothing_went_wrong(self) -> None:
        wrong, self._wrong = self._wrong, []
        assert not wrong, f"on {self.path}: {wrong}"

    def nothing_sticks_out(self) -> None:
        wide, window = self.page.evaluate("[document.documentElement.scrollWidth, window.innerWidth]")
        if wide > window:
            culprits = self.page.evaluate(STICKING_OUT)
            raise AssertionError(f"{self.path} is {wide} wide in a window of {window}: {culprits}")

    def ids_are_single(self) -> None:
        """Labels and titles are found by id; axe leaves a second one of a name to people."""
        ids = self.page.evaluate("[...document.querySelectorAll('[id]')].map((one) => one.id)")
        assert len(ids) == len(set(ids)), f"on {self.path}: {sorted(id for id in ids if ids.count(id) > 1)}"

    def axe_finds_nothing(self) -> None:
        """Nothing that axe knows. A page built just like one that it has seen is not looked at twice."""
        seen = (*self.page.viewport_size.values(), self.page.evaluate(BUILD))
        if seen in _looked_over:
            return
        _looked_over.add(seen)
        found = self._axe.run(self.page).response["violations"]
        assert not found, f"on {self.path} axe found:\n" + "\n".join(
            f"  {rule['id']} ({rule['impact']}): {rule['help']}\n"
            + "\n".join(f"    {node['target']} {node['html'][:200]} {node['failureSummary']}" for node in rule["nodes"])
            for rule in found
        )

    # How

    def _click(self, target: Locator) -> None:
        target.click()
        self.look()

    def _field(self, label: str) -> Locator:
        return self._scope.get_by_label(label).first

    def _option(self, group: str, option: str) -> Locator:
        return self._scope.get_by_role("group", name=group).get_by_role("radio", name=option, exact=True).first

    def _console(self, message: ConsoleMessage) -> None:
        refused = any(f"status of {status}" in message.text for status in self._refusals)
        if message.type in ("error", "warning") and not refused:
            self._wrong.append(f"console: {message.text}")

    def _failed(self, request: Request) -> None:
        if request.failure != GONE_ON:
            self._wrong.append(f"request: {request.method} {request.url}: {request.failure}")

    def _answered(self, response: Response) -> None:
        if response.status >= 400 and response.status not in self._refusals:
            self._wrong.append(f"answer: {response.status} {response.request.method} {response.url}")


_looked_over: set[tuple[object, ...]] = set()

# How a page is built: its elements with what they are to axe, without their words; and the scheme of colours.
BUILD = """() => matchMedia("(prefers-color-scheme: dark)").matches + [...document.querySelectorAll("*")]
    .map((one) => one.tagName + [...one.attributes].filter(({name}) => !/^(href|value|content|datetime)$/.test(name))
        .map(({name, value}) => `${name}=${value}`) + (one.textContent.trim() === ""))
    .filter((one, at, all) => one !== all[at - 1]).join("|")"""

STICKING_OUT = """() => [...document.querySelectorAll("body *")]
    .filter((one) => one.getBoundingClientRect().right > window.innerWidth + 1)
    .slice(0, 5).map((one) => one.outerHTML.slice(0, 160))"""
