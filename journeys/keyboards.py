"""A window used with the keyboard alone."""

from __future__ import annotations

from playwright.sync_api import Locator, expect

from journeys.windows import Window

MOST_STEPS = 250  # an organisation's whole tree is on one page


class KeyboardWindow(Window):
    """What a window does, with Tab, Enter, Space and letters; nothing is ever clicked."""

    def write(self, label: str, text: str) -> None:
        field = self._field(label)
        self.reach(field)
        self.page.keyboard.press("ControlOrMeta+a")
        self.page.keyboard.type(text)

    def choose(self, label: str, option: str) -> None:
        field = self._field(label)
        self.reach(field)
        self.page.keyboard.type(option)
        expect(field.locator("option:checked")).to_have_text(option)

    def tick(self, label: str) -> None:
        box = self._field(label)
        self.reach(box)
        self.page.keyboard.press("Space")
        expect(box).to_be_checked()

    def mark(self, group: str, option: str) -> None:
        wanted = self._option(group, option)
        radios = wanted.locator("xpath=ancestor::fieldset[1]").get_by_role("radio")
        self.reach_one_of(radios)
        for _ in range(radios.count()):
            if wanted.is_checked():
                return
            self.page.keyboard.press("ArrowDown")
        expect(wanted).to_be_checked()

    def unfold(self, words: str) -> None:
        self.reach(self.page.locator("summary", has_text=words).first)
        self.page.keyboard.press("Enter")

    def reach(self, target: Locator) -> None:
        """Go on with Tab until the target has the focus; it must then be seen to have it."""
        expect(target).to_be_visible()
        self.reach_one_of(target)
        assert target.evaluate(SHOWS_FOCUS), f"{target} on {self.path} does not show that it has the focus"

    def reach_one_of(self, targets: Locator) -> None:
        for _ in range(MOST_STEPS):
            if targets.evaluate_all("(all) => all.includes(document.activeElement)"):
                return
            self.page.keyboard.press("Tab")
        raise AssertionError(f"no way with Tab to {targets} on {self.path}")

    def _click(self, target: Locator) -> None:
        self.reach(target)
        with self.page.expect_navigation():
            self.page.keyboard.press("Enter")
        self.look()


# Some outline, shadow, underline or border is there that is not there without the focus.
SHOWS_FOCUS = """(one) => {
    const shape = (of) => {
        const style = getComputedStyle(of);
        return [style.outline, style.boxShadow, style.backgroundColor, style.borderColor].join();
    };
    const sees = [one, ...document.querySelectorAll(`label[for="${one.id}"]`)];
    const before = (of) => getComputedStyle(of, "::before").boxShadow + getComputedStyle(of, "::before").outline;
    const focused = sees.map((each) => shape(each) + before(each)).join();
    one.blur();
    const blurred = sees.map((each) => shape(each) + before(each)).join();
    one.focus();
    return focused !== blurred;
}"""
