"""What a plugin is made of. Importable before any model is loaded.

What a plugin may hook is specified in :mod:`workflow.hooks`; an implementation of anything else
stops the start-up. All else a plugin needs comes from :mod:`workflow.api`.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Any, ClassVar, Literal, Protocol

import pluggy
from django.apps import AppConfig

if TYPE_CHECKING:
    from datetime import datetime

    from django_stubs_ext import StrOrPromise

    from accounts.models import User

PROJECT = "tiequan"
hookimpl = pluggy.HookimplMarker(PROJECT)

Reads = Literal["record", "actor", "data"]


@dataclass(frozen=True, slots=True)
class Refusal:
    """Why an act may not happen, in words the person can act on.

    ``law`` names the article that demands it, ``link`` the page where it is mended, ``field`` the
    form field that caused it ("" when the whole act is refused).
    """

    code: str
    message: StrOrPromise
    law: StrOrPromise = ""
    link: str = ""
    field: str = ""


class Mover(Protocol):
    """How an effect moves another record: through the engine, inside the same transaction."""

    def __call__(
        self,
        record: Any,
        name: str,
        *,
        actor: User | None,
        data: Mapping[str, Any] | None = None,
        acted_at: datetime | None = None,
    ) -> Any: ...


class Opener(Protocol):
    """How an effect opens a new record: number, first journal line, clocks."""

    def __call__(
        self, record: Any, *, verb: str, number: str, data: Mapping[str, Any] | None = None
    ) -> Any: ...


class Noter(Protocol):
    """How an effect tells of more that happened in the same act: a line, and clocks follow it."""

    def __call__(self, record: Any, verb: str, *, data: Mapping[str, Any] | None = None) -> Any: ...


def _outside(record: Any, *args: Any, **kwargs: Any) -> Any:
    raise RuntimeError("Only an effect moves or opens another record, inside the engine.")


@dataclass(slots=True, kw_only=True)
class Attempt:
    """One person trying one transition on one record.

    ``data`` is ``None`` while only asking whether the step is open (data guards are not run), the
    cleaned data of the transition's form otherwise. ``signer`` is the last person to sign when the
    act went through an approval; ``actor`` is then the person who proposed it.
    """

    record: Any
    transition: Transition
    actor: User | None
    now: datetime
    acted_at: datetime
    data: Mapping[str, Any] | None = None
    signer: User | None = None
    approval: Any = None
    move: Mover = _outside
    open: Opener = _outside
    note: Noter = _outside
    memo: dict[str, Any] = field(default_factory=dict)

    @property
    def person(self) -> User:
        """Who acts. Raises ``ValueError`` for the system, which takes no step by hand."""
        if self.actor is None:
            raise ValueError(f"{self.transition.name} needs a person.")
        return self.actor


class Guard(Protocol):
    """A question asked before a transition; reads only, returns refusals, never writes."""

    reads: Reads
    law: StrOrPromise
    __name__: str

    def __call__(self, attempt: Attempt) -> Refusal | Iterable[Refusal] | None: ...


def guard(*, reads: Reads, law: StrOrPromise = "") -> Callable[[Callable[[Attempt], Any]], Guard]:
    """Mark a function as a guard and say what it reads.

    Record guards become the fsm's conditions, actor guards its permission; data guards run only
    when the form's data is there.
    """

    def mark(function: Callable[[Attempt], Any]) -> Guard:
        marked: Any = function
        marked.reads = reads
        marked.law = law
        return marked

    return mark


Effect = Callable[[Attempt, Any], None]


@dataclass(frozen=True, slots=True)
class Shown:
    """A line of what signers read; without a value it heads those that follow.

    ``link`` leads to the document the line is taken from.
    """

    label: StrOrPromise
    value: StrOrPromise = ""
    link: str = ""


Summary = Callable[[Attempt], Iterable[Shown]]


@dataclass(frozen=True, slots=True)
class Computed:
    """A target that depends on the record (coming back to the state it left)."""

    function: Callable[[Any], str]
    targets: tuple[str, ...]


# eq=False: compared by identity; a lazy label would hash differently in every language.
@dataclass(frozen=True, slots=True, kw_only=True, eq=False)
class Transition:
    """One act that moves a record, as data.

    name: ``machine.verb``, also the verb of its journal line. permission: codename on the record's
    unit. approval: roles that sign, in order. form: dotted path of a ``StepForm``. sets: (field of
    the record, name of the datum it takes, None to clear it). keeps: names of the data the journal
    keeps. summary: what of the record its signers read beside the form, frozen with the proposal.
    heavy: asked twice, listed apart. internal: fired by effects only.
    procedure: it exists only for cases of that procedure ("" for every record).
    """

    name: str
    label: StrOrPromise
    sources: tuple[str, ...]
    target: str | Computed
    permission: str
    approval: tuple[str, ...] = ()
    guards: tuple[Guard, ...] = ()
    effects: tuple[Effect, ...] = ()
    announcements: tuple[Any, ...] = ()
    form: str = "workflow.forms.step.StepForm"
    sets: tuple[tuple[str, str | None], ...] = ()
    keeps: tuple[str, ...] = ()
    summary: Summary | None = None
    law: StrOrPromise = ""
    sentence: StrOrPromise = ""
    heavy: bool = False
    internal: bool = False
    procedure: str = ""

    def exists_for(self, record: Any) -> bool:
        """Whether this is a step of such a record at all (an ordinary or a simple case)."""
        return not self.procedure or record.procedure == self.procedure

    @property
    def machine(self) -> str:
        return self.name.partition(".")[0]

    @property
    def method(self) -> str:
        """Name of the django-fsm method on the model."""
        return self.name.replace(".", "_")

    @property
    def targets(self) -> tuple[str, ...]:
        return self.target.targets if isinstance(self.target, Computed) else (self.target,)


@dataclass(frozen=True, slots=True, kw_only=True)
class State:
    """A state a plugin adds to a machine; ``stage`` is one of the five public stages."""

    machine: str
    code: str
    label: StrOrPromise
    stage: str = "investigation"
    final: bool = False


@dataclass(frozen=True, slots=True, kw_only=True)
class Act:
    """A permission on units: its codename, what it is called, the roles that hold it."""

    codename: str
    label: StrOrPromise
    roles: tuple[str, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class Panel:
    """A block on the case page: a template of the plugin and its context.

    ``context`` is best a function where it asks the database: it is called only on the tab that
    shows the panel.
    """

    title: StrOrPromise
    template: str
    context: Mapping[str, Any] | Callable[[], Mapping[str, Any]] = field(default_factory=dict)
    tab: str = "overview"
    order: int = 100

    def read(self) -> Mapping[str, Any]:
        """The context, asked for now."""
        return self.context() if callable(self.context) else self.context


@dataclass(frozen=True, slots=True, kw_only=True)
class LedgerColumn:
    """A column of lists and exports. ``values(cases)`` answers for a whole page at once."""

    code: str
    label: StrOrPromise
    values: Callable[[Sequence[Any]], Mapping[int, Any]]


@dataclass(frozen=True, slots=True, kw_only=True)
class Channel:
    """A way leads come in (线索来源)."""

    code: str
    label: StrOrPromise
    order: int = 100


@dataclass(frozen=True, slots=True, kw_only=True)
class Job:
    """Work ``manage.py tick`` and the beat do again and again; must be safe to run twice."""

    name: str
    run: Callable[[datetime], int]


class PluginConfig(AppConfig):
    """A plugin's name card: metadata only, imported before any model.

    ``requires`` lists labels of plugins that must be enabled too.
    """

    # Every plugin's apps.py imports this class; Django must not pick it as the app's own config.
    default = False
    title: ClassVar[StrOrPromise] = ""
    requires: ClassVar[tuple[str, ...]] = ()

    def __init_subclass__(cls, **kwargs: Any) -> None:
        super().__init_subclass__(**kwargs)
        cls.default = True
