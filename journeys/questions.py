"""The questions that people of Marchland ask, step by step as they ask them."""

from __future__ import annotations

from journeys.windows import Window


def ask_about(window: Window, everyday_words: str, matter: str) -> None:
    """Find a matter by everyday words."""
    window.open("/who/")
    window.write("What do you want to decide?", everyday_words)
    window.press("Find")
    window.follow(matter)


def ask_for_beds(window: Window, beds: str) -> None:
    ask_about(window, "extra beds", "Open escalation beds")
    window.write("How many beds?", beds)
    window.tick("Has opening these beds already been risk-assessed?")
    window.press("Ask Remit")


def ask_to_spend(window: Window, pounds: str) -> None:
    ask_about(window, "training", "Spend from a budget")
    window.write("How much, in pounds?", pounds)
    window.press("Ask Remit")


def fill_in(window: Window, *, title: str, what: str, why: str, measure: str, now: str, expected: str) -> None:
    """Say what is to be decided, and what would show that it worked. The day of the review is offered."""
    window.write("What is to be decided?", title)
    window.write("What should happen, and by when?", what)
    window.write("Why?", why)
    window.write("What would show that it worked?", measure)
    window.write("What is it now?", now)
    window.write("What do you expect?", expected)
