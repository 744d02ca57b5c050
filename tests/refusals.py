"""Values and a check that the tests of errors share."""

from __future__ import annotations

import copy
import json
import pickle
from collections.abc import Callable
from datetime import UTC, datetime
from typing import Any

import pytest
from made_up import APPS
from strict import READERS

import tbtier as tb
from tbtier import FiscalQuarter

Q1, Q2, Q3 = (FiscalQuarter(2024, number) for number in (1, 2, 3))
NOON = datetime(2023, 4, 30, 12, tzinfo=UTC)
TIMELINE = tb.evaluate({"FY24 Q1": 310, "FY24 Q2": 540}, program=APPS, starting_tier="Base")


def raised_by(call: Callable[[], Any]) -> tb.errors.TbtierError:
    """Return the error that a call raises, after checking what must hold for every error."""
    with pytest.raises(tb.errors.TbtierError) as caught:
        call()
    error = caught.value
    for twin in (pickle.loads(pickle.dumps(error)), copy.copy(error)):
        assert type(error) is type(twin)
        assert str(error) == str(twin)
        assert repr(error) == repr(twin)
        assert repr(vars(error)) == repr(vars(twin))  # by text, since NaN equals nothing
    plain = error.to_dict()
    assert plain == json.loads(json.dumps(plain)) == READERS["tbtier.error/1"](plain)
    assert isinstance(error, (ValueError, LookupError, TypeError))
    assert not str(error).endswith(".")
    return error
