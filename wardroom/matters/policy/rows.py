"""What a policy reads of a matter, an ask, a task and a handover."""

from __future__ import annotations

from typing import Any, Protocol


class MatterRow(Protocol):
    """What a policy reads of a matter."""

    @property
    def pk(self) -> Any: ...
    @property
    def ward_code(self) -> str: ...


class AskRow(Protocol):
    """What a policy reads of an ask."""

    @property
    def pk(self) -> Any: ...
    @property
    def asked_agency(self) -> str: ...
    @property
    def ward_code(self) -> str: ...
    @property
    def matter_id(self) -> Any: ...
    @property
    def party(self) -> Any: ...


class HandoverRow(Protocol):
    """What a policy reads of a handover."""

    @property
    def party(self) -> Any: ...


class TaskRow(Protocol):
    """What a policy reads of a task, or of its row in the worklist."""

    @property
    def ward_code(self) -> str: ...
    @property
    def matter_id(self) -> Any: ...
    @property
    def party(self) -> Any: ...
