"""Forms of Django in NHS clothes."""

from __future__ import annotations

import re

import pytest
from django import forms

from remit.shell.tests.rendering import is_whole, shown, words


class Ask(forms.Form):
    what = forms.CharField(label="What do you want to decide?", help_text="Everyday words")
    where = forms.ChoiceField(label="Where?", choices=[("7", "Ward 7"), ("8", "Ward 8")])
    safety = forms.ChoiceField(label="Is it urgent?", widget=forms.RadioSelect, choices=[("y", "Yes"), ("n", "No")])
    told = forms.BooleanField(label="The council has been told")
    why = forms.CharField(label="Why?", widget=forms.Textarea)
    token = forms.CharField(widget=forms.HiddenInput, required=False)


def rendered(form):
    return shown('{% from "shell/forms.jinja" import errors, fields %}{{ errors(form) }}{{ fields(form) }}', form=form)


@pytest.mark.parametrize("form", [Ask(), Ask({"safety": "y"})], ids=["fresh", "sent back"])
def test_every_field_has_a_label_of_its_own(form):
    html = rendered(form)

    assert is_whole(re.sub(r"<(input|textarea|option)([^>]*?)\s*/?>", r"<\1\2>", html).replace("<br>", ""))
    controls = set(re.findall(r'<(?:input|select|textarea)[^>]*?\bid="([^"]+)"', html)) - {"id_token"}
    assert controls == set(re.findall(r'<label[^>]*? for="([^"]+)"', html))


def test_what_is_wrong_is_said_at_the_top_and_at_the_field():
    html = rendered(Ask({"safety": "y"}))

    assert 'href="#id_what"' in html
    assert 'id="id_what-error"' in html
    assert re.search(r'<input[^>]*aria-describedby="id_what-hint id_what-error"', html)
    assert "There is something to put right" in words(html)


def test_it_is_said_in_plain_words():
    said = words(rendered(Ask({"where": "9", "safety": "y", "told": "on", "why": "x"})))

    assert said.count("What do you want to decide? Fill this in to go on.") == 1
    assert said.count("Where? Choose one from the list.") == 1
    assert said.count("Choose one from the list.") == 2  # at the top and at the field
    assert "This field" not in said


def test_nothing_is_said_of_a_fresh_form():
    assert "error" not in rendered(Ask())


def test_a_hidden_field_stays_hidden():
    assert '<input type="hidden" name="token"' in rendered(Ask())
