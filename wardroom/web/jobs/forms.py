"""What is filled in to apply, in the reader's own language."""

from __future__ import annotations

from typing import Any

from django import forms

from wardroom.hiring.queries.own import OwnApplication
from wardroom.hiring.rules.postings import YES_NO
from wardroom.hiring.rules.resumes import ACCEPT
from wardroom.hiring.rules.tongues import TONGUES, JobTongue
from wardroom.kernel.errors import Refused
from wardroom.web.ui.forms import Form, LongText, choose
from wardroom.web.ui.strangers import StrangerForm

# So much of a question stands in the list of what is missing.
MOST_NAMED = 120


class JobForm(Form):
    """A form that refuses in the language that somebody applies in."""

    def __init__(self, *args: Any, words: JobTongue, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.words = words
        for field in self.fields.values():
            field.error_messages["required"] = words.wrong["fill_in"]

    def refuse(self, no: Refused) -> None:
        """Say it in the applicant's language where that has the sentence."""
        said = self.words.wrong.get(no.code, no.sentence)
        super().refuse(Refused(no.code, said, field=no.field))


class BeginForm(JobForm, StrangerForm):
    """The first three lines; the draft is kept from then on."""

    name = "begin"

    applicant = forms.CharField(
        max_length=120, widget=forms.TextInput(attrs={"autocomplete": "name"})
    )
    email = forms.CharField(
        max_length=254, widget=forms.EmailInput(attrs={"autocomplete": "email"})
    )
    language = forms.ChoiceField()

    called_here = {"name": "applicant"}  # noqa: RUF012

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        say = self.words.form
        self.fields["applicant"].label = say.name
        self.fields["email"].label = say.email
        self.fields["email"].help_text = say.email_help
        self.fields["language"].label = say.language
        choose(self, "language", [(t.code, t.name) for t in TONGUES.values()])


class DraftForm(JobForm):
    """The application itself; everything may be saved half done, and sent when it is whole."""

    name = "job"

    applicant = forms.CharField(
        required=False, widget=forms.TextInput(attrs={"autocomplete": "name"})
    )
    phone = forms.CharField(
        required=False, widget=forms.TextInput(attrs={"autocomplete": "tel", "type": "tel"})
    )
    lives_here = forms.ChoiceField(required=False, widget=forms.RadioSelect)
    resume = forms.FileField(
        required=False, allow_empty_file=True, widget=forms.FileInput(attrs={"accept": ACCEPT})
    )
    pasted = LongText(required=False, widget=forms.Textarea(attrs={"rows": 8}))

    called_here = {"name": "applicant", "file": "resume"}  # noqa: RUF012

    def __init__(self, *args: Any, found: OwnApplication, **kwargs: Any) -> None:
        kwargs["initial"] = {
            "applicant": found.name,
            "phone": found.phone,
            "lives_here": found.lives_here,
            "pasted": found.pasted,
            **{f"answer_{q.id}": q.answer for q in found.questions},
        }
        super().__init__(*args, **kwargs)
        say, self.found = self.words.form, found
        yes_no = [("yes", say.yes), ("no", say.no)]
        self.fields["applicant"].label = say.name
        self.fields["phone"].label = say.phone
        self.fields["phone"].help_text = say.optional
        self.fields["lives_here"].label = say.lives_here
        choose(self, "lives_here", yes_no)
        self.fields["resume"].label = say.attach
        self.fields["resume"].help_text = say.attach_help
        self.fields["pasted"].label = say.paste
        if not found.asks_residency:
            del self.fields["lives_here"]
        for q in found.questions:
            kind: forms.Field = (
                forms.ChoiceField(choices=yes_no, widget=forms.RadioSelect, required=False)
                if q.kind == YES_NO
                else LongText(required=False)
            )
            kind.label, kind.help_text = q.text, "" if q.must else say.optional
            self.fields[f"answer_{q.id}"] = kind
        # Their own hint says in the reader's language that they may stay empty.
        self.needed_at_times = frozenset(self.fields)

    @property
    def answers(self) -> list[forms.BoundField]:
        """The questions of the posting."""
        return [self[f"answer_{q.id}"] for q in self.found.questions]

    def check_whole(self) -> bool:
        """Whether nothing is missing; everything that is gets said at once, at its field."""
        self.is_valid()
        given, say = self.cleaned_data, self.words.wrong
        if not given.get("applicant", "").strip():
            self.add_error("applicant", say["no_name"])
        if self.found.asks_residency and not given.get("lives_here"):
            self.add_error("lives_here", f"{self.words.form.lives_here} {say['no_answer']}")
        if not self.found.file_name and not given.get("pasted", "").strip():
            self.add_error("resume", say["no_resume"])
        for q in self.found.questions:
            if q.must and not given.get(f"answer_{q.id}", "").strip():
                asked = q.text[:MOST_NAMED]
                self.add_error(f"answer_{q.id}", f"{asked} {say['no_answer']}")
        return not self.errors
