"""Schemas for fields of pydantic models; pydantic is imported only when pydantic itself asks for a schema."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from typing import TYPE_CHECKING, Any

from tbtier.errors import TbtierError
from tbtier.errors.values import is_of

if TYPE_CHECKING:
    from pydantic_core.core_schema import CoreSchema

__all__: list[str] = []


def text_schema(kind: type, parse: Callable[[str], Any]) -> CoreSchema:
    """Return the schema of a field that takes a value or its text, and that is text in JSON."""
    from pydantic_core import core_schema as schemas

    def read(value: Any) -> Any:
        return value if is_of(value, kind) else parse(value)

    return schemas.no_info_wrap_validator_function(
        _reporting(read), schemas.str_schema(), serialization=schemas.to_string_ser_schema()
    )


def scores_schema(read: Callable[[Any], Any], write: Callable[[Any], Any], tiers: Iterable[str]) -> CoreSchema:
    """Return the schema of a field that is an object in JSON: scores, with quarters as keys and tiers as names."""
    from pydantic_core import core_schema as schemas

    score = schemas.union_schema([schemas.int_schema(ge=0), schemas.literal_schema([*tiers]), schemas.none_schema()])
    scores = schemas.dict_schema(schemas.str_schema(), score)
    written = schemas.plain_serializer_function_ser_schema(write)
    return schemas.no_info_wrap_validator_function(_reporting(read), scores, serialization=written)


def _reporting(read: Callable[[Any], Any]) -> Callable[[Any, Any], Any]:
    """Return a validator that reads a value with a function, and reports our errors as errors of the field.

    The wrapped schema describes the field in a JSON Schema and validates nothing.
    """
    from pydantic_core import PydanticCustomError

    def checked(value: Any, _: Any) -> Any:
        try:
            return read(value)
        except TbtierError as error:  # pydantic lets a TypeError through
            raise PydanticCustomError(type(error).__name__, "{message}", {**error.to_dict()}) from error

    return checked
