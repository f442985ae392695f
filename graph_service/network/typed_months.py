"""Windows as people type them."""

import re

from graph_service.errors import AnalysisRefused

_QUARTER = re.compile(r"(\d{4})-Q([1-4])")
_SPAN = re.compile(r"([^.]+)(?:\.\.([^.]+))?")


def typed_months(text: str) -> dict[str, str]:
    """`2019-Q4`, `2019-10..2019-12` or one month as its `first` and `last`; raises AnalysisRefused."""
    named = _QUARTER.fullmatch(text.strip())
    if named:
        last = int(named[2]) * 3
        return {"first": f"{named[1]}-{last - 2:02}", "last": f"{named[1]}-{last:02}"}
    found = _SPAN.fullmatch(text.strip())
    if found is None:
        raise AnalysisRefused("network.no_month", value=text[:20])
    return {"first": found[1].strip(), "last": (found[2] or found[1]).strip()}
