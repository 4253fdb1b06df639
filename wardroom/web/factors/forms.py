"""What is filled in to set up a second factor, and to show that it is you."""

from __future__ import annotations

import logging
from collections.abc import Callable
from typing import Any

from allauth.account.forms import ChangePasswordForm
from allauth.core import context
from allauth.mfa.base.forms import AuthenticateForm
from allauth.mfa.models import Authenticator
from allauth.mfa.webauthn.forms import AuthenticateWebAuthnForm
from allauth.mfa.webauthn.internal import auth
from django import forms
from django.contrib.auth.password_validation import get_default_password_validators
from django.core.exceptions import ValidationError

from wardroom.access.gate import guard_pass
from wardroom.api.limits import turn, turn_back
from wardroom.directory.actions import use_code
from wardroom.directory.queries.factors import SignInSheet, does_app_open, sheet_of
from wardroom.kernel.outside import read_json
from wardroom.web.edge import stamp_of
from wardroom.web.guesses import COUNTED_AS, FACTORS_AS, guesses
from wardroom.web.ui.forms import Form, speak_plainly

logger = logging.getLogger(__name__)
CODE = {"autocomplete": "one-time-code", "inputmode": "numeric", "spellcheck": "false"}
WRONG_CODE = (
    "This code is not right, or was used already. Type the newest one of your app, or a recovery "
    "code that you have not used yet."
)
WRONG_RECOVERY = "This code is not right, or was used already. Type one that you have not used yet."
APP_SHUT = (
    "Wardroom cannot read your code app: it was restored or moved without its own key. No code "
    "opens it. Use a security key if you have one, or ask the director to take your factors away."
)
WRONG_KEY = "This key does not open your sign-in, or took too long. Try it again."
UNREADABLE = "What the key said could not be read. Try it again."
NOT_A_KEY = (ValidationError, TypeError, ValueError, KeyError, AttributeError, IndexError)
PASSWORD_LABELS = (
    ("oldpassword", "Your password now"),
    ("password1", "New password"),
    ("password2", "New password once more"),
)
TOO_MANY = "Too many wrong tries. Wait a quarter of an hour, then try again."


class CodeInput(forms.TextInput):
    """A code that was not right is typed anew: it stands in the way of the next one."""

    def __init__(self, attrs: Any = None) -> None:
        super().__init__({**CODE, **(attrs or {})})

    def format_value(self, value: Any) -> None:
        """Nothing that was typed before."""


class SaidByKey(forms.CharField):
    """What a security key said, as the browser's script wrote it down."""

    widget = forms.HiddenInput

    def __init__(self, **kwargs: Any) -> None:
        super().__init__(required=False, max_length=20_000, label="Security key", **kwargs)

    def to_python(self, value: Any) -> Any:
        text = super().to_python(value)
        if not text:
            return None
        try:
            said = read_json(text.encode())
        except ValueError:
            said = None
        if not isinstance(said, dict):
            raise ValidationError(UNREADABLE)
        return said

    def validate(self, value: Any) -> None:
        """Nothing more is asked of it here."""

    def run_validators(self, value: Any) -> None:
        """Its length was looked at as a text."""


class TooManyTries(ValidationError):
    """There were too many wrong ones; this one was not looked at."""

    def __init__(self) -> None:
        super().__init__(TOO_MANY, code="too_many")


def take_try(user: Any, counted_as: str) -> Callable[[], None]:
    """Count a try of somebody's; what was right is given back by calling what comes of it.

    Raises `TooManyTries` after ten wrong ones in a quarter of an hour.
    """
    request = context.request
    rates = guesses(request, user.get_username())
    if turn(request, counted_as, rates).wait:
        raise TooManyTries
    return lambda: turn_back(request, counted_as, rates)


class KeyAtSignIn(AuthenticateWebAuthnForm):  # type: ignore[misc]
    """A security key after the password."""

    credential = SaidByKey()

    def clean_credential(self) -> Authenticator:
        """The key that signed what this page asked it to."""
        forget = take_try(self.user, FACTORS_AS)
        found = key_that_signed(self.user, self.cleaned_data["credential"])
        if found is None:
            raise ValidationError(WRONG_KEY)
        forget()
        return found


class CodeAtSignIn(AuthenticateForm):  # type: ignore[misc]
    """The code of the app, or a recovery code, after the password."""

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.label_suffix = ""
        sheet = sheet_of(self.user)
        # A phone shows its keyboard for what is in focus; who has a key may not need it.
        self.fields["code"].widget = CodeInput({} if sheet.keys else {"autofocus": True})
        ask_for_code(self.fields["code"], app=sheet.app is not None)

    def clean_code(self) -> str:
        """Each code opens the sign-in once; ten wrong ones make one wait."""
        code = str(self.cleaned_data["code"]).strip()
        forget = take_try(self.user, FACTORS_AS)
        self.authenticator = use_code(self.user, code, at=stamp_of(context.request).at)
        if self.authenticator is None:
            raise ValidationError(why_no_code_fits(self.user))
        self.authenticator.user = self.user
        forget()
        return code


class PasswordForm(ChangePasswordForm):  # type: ignore[misc]
    """Another password; the one of now is counted with those that are guessed at sign-in."""

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        for name, label in PASSWORD_LABELS:
            field = self.fields[name]
            field.label, field.help_text = label, ""
            field.widget.attrs.pop("placeholder")
            speak_plainly(field)
        rules: list[Any] = get_default_password_validators()
        wanted = (rule.get_help_text(self.user) for rule in rules)
        self.fields["password1"].help_text = " ".join(wanted)

    def clean_oldpassword(self) -> str:
        """The password that counts until now."""
        forget = take_try(self.user, COUNTED_AS)
        with guard_pass("sign-in"):
            given = str(super().clean_oldpassword())
        forget()
        return given


class AppForm(Form):
    """The first code of an app; the page carries the app's secret, which it cannot read."""

    name = "app"

    code = forms.CharField(
        label="Code that the app shows now",
        max_length=20,
        widget=CodeInput,
    )
    secret = forms.CharField(max_length=600, widget=forms.HiddenInput)


class KeyForm(Form):
    """A security key's name; the browser fills in what the key says."""

    name = "key"

    name_ = forms.CharField(
        label="Name",
        max_length=40,
        help_text="To tell it from others, such as “Blue key” or “Work laptop”.",
    )
    credential = SaidByKey()

    called_here = {"name": "name_"}  # noqa: RUF012


class ConfirmForm(Form):
    """What shows that it is you: the password, or, where there is one, a second factor."""

    name = "confirm"

    password = forms.CharField(
        label="Password",
        max_length=200,
        strip=False,
        widget=forms.PasswordInput(attrs={"autocomplete": "current-password"}),
    )
    code = forms.CharField(
        max_length=20,
        widget=CodeInput,
    )
    credential = SaidByKey()
    needed_at_times = frozenset({"code"})

    def __init__(self, *args: Any, sheet: SignInSheet, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        del self.fields["password" if sheet.factors else "code"]
        if sheet.factors:
            ask_for_code(self.fields["code"], app=sheet.app is not None)
        if sheet.keys:
            self.fields["code"].required = False
        else:
            del self.fields["credential"]


def ask_for_code(field: forms.Field, *, app: bool) -> None:
    """Ask for the code of an app where there is one, else for a recovery code alone."""
    field.label, field.help_text = "Recovery code", ""
    field.error_messages["required"] = "Type one of your recovery codes."
    if app:
        field.label = "Code from your app"
        field.help_text = "Without your phone, type one of your recovery codes."
        field.error_messages["required"] = "Type the code that your app shows."


def key_that_signed(user: Any, said: Any) -> Authenticator | None:
    """The key of a user that signed what the page before asked for, if it is one."""
    try:
        auth.parse_authentication_response(said)
        return auth.complete_authentication(user, said)
    except NOT_A_KEY:
        return None


def key_that_was_made(said: Any) -> bool:
    """Whether a new key answered what the page before asked it."""
    try:
        auth.parse_registration_response(said)
        auth.complete_registration(said)
    except NOT_A_KEY:
        return False
    return True


def why_no_code_fits(user: Any) -> str:
    """What to say of a code that did not open: it is wrong, or none can be right here."""
    if does_app_open(user):
        return WRONG_CODE if sheet_of(user).app else WRONG_RECOVERY
    logger.error("the code app of user %s cannot be read with the keys of this house", user.pk)
    return APP_SHUT
