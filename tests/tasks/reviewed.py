"""What bandit and detect-secrets find in our code, and why a person let it stand."""

from __future__ import annotations

from typing import NamedTuple


class Reviewed(NamedTuple):
    """How often it is in a file, and why it may be."""

    times: int
    why: str


UNSAFE = {
    ("starting/serving.py", "B310"): Reviewed(
        1, "asks our own site, whose address this script made"
    ),
    ("wardroom/access/models.py", "B608"): Reviewed(
        1, "parts made by the ORM, with their values apart"
    ),
    ("wardroom/access/models.py", "B611"): Reviewed(
        1, "the statement is made by the ORM itself, with its values apart"
    ),
    ("wardroom/demonstration/requests.py", "B608"): Reviewed(
        1, "columns of ours, into a file of ours"
    ),
    ("wardroom/jobs/commands/serve_command.py", "B108"): Reviewed(
        2, "gunicorn keeps its heartbeat there, in memory; nothing of ours"
    ),
    ("wardroom/ledger/queries/timeline.py", "B608"): Reviewed(
        1, "parts made by the ORM, with their values apart"
    ),
    ("wardroom/matters/queries/worklist.py", "B608"): Reviewed(
        1, "parts made by the ORM, with their values apart"
    ),
    ("wardroom/retention/queries/schedules.py", "B608"): Reviewed(
        1, "parts made by the ORM, with their values apart"
    ),
    ("wardroom/problems/actions/refreshing.py", "B608"): Reviewed(
        1, "a table and columns of ours; values are parameters"
    ),
    ("wardroom/problems/gateways/place_facts.py", "B608"): Reviewed(
        1, "a table of ours and marks for parameters"
    ),
    ("wardroom/problems/gateways/request_files.py", "B608"): Reviewed(
        2, "columns of a mapping file of the operator, quoted; DuckDB in memory"
    ),
    ("wardroom/search/queries/hits.py", "B608"): Reviewed(
        5, "conditions of ours; the words sought are parameters"
    ),
    ("wardroom/service_requests/actions/rows.py", "B608"): Reviewed(
        6, "tables and columns of ours, numbers; values are parameters"
    ),
    ("wardroom/service_requests/gateways/files.py", "B608"): Reviewed(
        3, "columns of a mapping file of the operator, quoted; DuckDB in memory"
    ),
    ("wardroom/service_requests/gateways/measured.py", "B608"): Reviewed(
        2, "columns and numbers of ours; values are parameters"
    ),
    ("wardroom/service_requests/gateways/snapshot.py", "B608"): Reviewed(
        5, "a path of ours, escaped, and columns of ours"
    ),
    ("wardroom/service_requests/queries/published.py", "B608"): Reviewed(
        2, "parts made by the ORM, and columns of ours"
    ),
    ("wardroom/upkeep/gateways/copying.py", "B608"): Reviewed(
        3, "names of tables that the database itself told, or of ours, quoted"
    ),
    ("wardroom/web/templatetags/public.py", "B308"): Reviewed(
        1, "what is marked was escaped before, letter by letter or by the template"
    ),
    ("wardroom/web/templatetags/public.py", "B703"): Reviewed(1, "the same"),
    ("wardroom/web/ui/widgets.py", "B308"): Reviewed(
        2, "what is marked was escaped before, letter by letter or by the template"
    ),
    ("wardroom/web/ui/widgets.py", "B703"): Reviewed(2, "the same"),
}
SECRETS = {
    ("bench/homes.py", "Secret Keyword"): Reviewed(
        1, "the password of the demonstration, which README prints"
    ),
    ("bench/homes.py", "Base64 High Entropy String"): Reviewed(
        1, "the signing key of a house that is measured and thrown away"
    ),
    ("bench/office/empty_page.py", "Secret Keyword"): Reviewed(1, "the same, of an empty page"),
    ("bench/office/sweep.py", "Secret Keyword"): Reviewed(
        1, "the password of people of a measured house, who are thrown away with it"
    ),
    ("docs/settings.md", "Basic Auth Credentials"): Reviewed(1, "the form of a database address"),
    ("starting/environment.py", "Secret Keyword"): Reviewed(
        1, "signs nothing: only to collect files"
    ),
    ("starting/serving.py", "Secret Keyword"): Reviewed(
        1, "the password of the demonstration, which README prints"
    ),
    ("wardroom/casework/rules/reporting.py", "Base64 High Entropy String"): Reviewed(
        1, "the letters of numbers that people read out"
    ),
    ("wardroom/demonstration/loader.py", "Secret Keyword"): Reviewed(
        1, "the password of the demonstration, which README prints"
    ),
    ("wardroom/config/settings.py", "Secret Keyword"): Reviewed(
        1, "the name of the form that changes a password"
    ),
    ("wardroom/service_requests/actions/submitting.py", "Base64 High Entropy String"): Reviewed(
        1, "the letters of numbers that people read out"
    ),
    ("wardroom/upkeep/gateways/postgres.py", "Secret Keyword"): Reviewed(
        2, "names of words in an address, and of variables"
    ),
    ("wardroom/web/factors/stepping.py", "Secret Keyword"): Reviewed(
        1, "the name of a field of a form"
    ),
    ("wardroom/web/sign_in.py", "Secret Keyword"): Reviewed(
        6, "names of pages and of a sentence, not passwords"
    ),
}
