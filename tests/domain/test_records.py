"""Records are dataclasses in every way that anybody can see; they are only finished later."""

from __future__ import annotations

import copy
import inspect
import pickle
import sys
import threading
from concurrent.futures import ThreadPoolExecutor
from dataclasses import FrozenInstanceError, asdict, dataclass, field, fields, is_dataclass, replace
from typing import Any, ClassVar

import pytest
from hypothesis import given
from hypothesis import strategies as st

from omsdesk.domain import records
from omsdesk.domain.records import record


@record
class Shelf:
    """Where goods lie."""

    kind: ClassVar[str] = "shelf"
    place: str
    levels: int = 3

    @property
    def top(self) -> str:
        return f"{self.place}/{self.levels}"


@record
class Fridge(Shelf):
    """A shelf that is cold."""

    degrees: int = 4
    tags: tuple[str, ...] = field(default=(), metadata={"unit": "word"})

    def __str__(self) -> str:
        return f"{self.place} at {self.degrees}"


@dataclass(frozen=True, slots=True)
class PlainShelf:
    """The same by the standard library, to compare with."""

    kind: ClassVar[str] = "shelf"
    place: str
    levels: int = 3


def fresh() -> Any:
    """Make a class that nobody has used yet."""

    @record
    class Box:
        width: int
        depth: int = 2

    return Box


def is_finished(cls: type) -> bool:
    return cls not in records._drafts  # what only this test needs to know


def test_a_class_is_finished_by_its_first_use_and_not_before() -> None:
    box = fresh()
    assert not is_finished(box)
    assert box(1) == box(1, 2)
    assert is_finished(box)
    assert inspect.isfunction(vars(box)["__init__"]), "afterwards it costs what a dataclass costs"


@pytest.mark.parametrize(
    "use",
    [
        lambda cls: cls(1),
        fields,
        is_dataclass,
        inspect.signature,
        lambda cls: cls.__match_args__,
        lambda cls: cls.__dataclass_params__,
        lambda cls: cls.__init__,
        lambda cls: hash(cls(1)),
        lambda cls: repr(cls(1)),
    ],
)
def test_every_way_to_look_at_a_class_finishes_it(use: Any) -> None:
    box = fresh()
    use(box)
    assert is_finished(box)
    assert [row.name for row in fields(box)] == ["width", "depth"]


def test_a_class_is_finished_with_what_it_comes_from() -> None:
    @record
    class Chest(fresh()):  # type: ignore[misc]  # made on the spot
        """A box with a lid."""

        lid: bool = True

    assert Chest(1, lid=False).lid is False
    assert all(is_finished(cls) for cls in Chest.__mro__)
    assert [row.name for row in fields(Chest)] == ["width", "depth", "lid"]


def test_it_says_what_a_dataclass_says() -> None:
    ours, plain = Shelf("A", 2), PlainShelf("A", 2)
    assert repr(ours) == repr(plain).replace("PlainShelf", "Shelf")
    assert hash(ours) == hash(plain)
    assert asdict(ours) == asdict(plain)
    assert str(inspect.signature(Shelf)) == str(inspect.signature(PlainShelf))
    assert [(row.name, row.type, row.default) for row in fields(Shelf)] == [
        (row.name, row.type, row.default) for row in fields(PlainShelf)
    ]
    assert Shelf.__dataclass_params__.frozen  # type: ignore[attr-defined]  # typeshed does not name it
    assert Shelf.__doc__ == "Where goods lie."
    assert Shelf.__init__.__qualname__ == "Shelf.__init__"


def test_what_the_class_says_itself_stays() -> None:
    assert str(Fridge("B")) == "B at 4"
    assert Fridge("B").top == "B/3"
    assert (Shelf.kind, Fridge.kind) == ("shelf", "shelf")
    assert fields(Fridge)[-1].metadata["unit"] == "word"

    @record
    class Loud:
        word: str

        def __repr__(self) -> str:
            return self.word.upper()

    assert repr(Loud("yes")) == "YES"


def test_a_class_that_says_what_is_equal_still_has_the_hash_of_its_fields() -> None:
    @record
    class Word:  # noqa: PLW1641 - this is what is asked
        text: str
        seen: int = field(default=0, compare=False, repr=False)

        def __eq__(self, other: object) -> bool:
            return isinstance(other, Word) and self.text.casefold() == other.text.casefold()

    assert Word("a") == Word("A")
    assert hash(Word("a", 1)) == hash(Word("a", 2)) == hash(("a",))
    assert repr(Word("a", 1)).endswith("Word(text='a')")


def test_the_fields_of_a_record_are_plain_ones() -> None:
    @record
    class Basket:
        rows: list[str] = field(default_factory=list)

    with pytest.raises(TypeError, match=r"Basket\.rows is no plain field"):
        Basket()


def test_equal_is_the_same_class_with_the_same_values() -> None:
    assert Shelf("A") == Shelf("A", 3)
    assert Shelf("A") != Shelf("B")
    assert Shelf("A") != Fridge("A")
    assert len({Shelf("A"), Shelf("A", 3), Fridge("A"), Fridge("A", degrees=4)}) == 2


def test_nothing_can_be_changed_or_added() -> None:
    shelf: Any = Fridge("A")
    for name in ("place", "degrees", "colour"):
        with pytest.raises(FrozenInstanceError, match=name):
            setattr(shelf, name, "B")
        with pytest.raises(FrozenInstanceError, match=name):
            delattr(shelf, name)
    assert not hasattr(shelf, "__dict__")
    assert Fridge.__slots__ == ("degrees", "tags")  # type: ignore[attr-defined]  # made by the decorator


def test_a_wrong_call_is_refused_as_python_does() -> None:
    shelf: Any = Shelf
    with pytest.raises(TypeError, match="place"):
        shelf()
    with pytest.raises(TypeError, match="colour"):
        shelf("A", colour="red")


def test_replace_makes_another() -> None:
    fridge = Fridge("A", degrees=2)
    assert replace(fridge, place="B") == Fridge("B", degrees=2)
    assert fridge.place == "A"


def test_patterns_take_it_apart() -> None:
    match Fridge("A", 1, 2):
        case Shelf(place, levels=levels):
            assert (place, levels) == ("A", 1)
        case _:
            pytest.fail("a fridge is a shelf")


@given(st.builds(Fridge))
def test_copies_and_pickles_are_equal(fridge: Fridge) -> None:
    assert copy.copy(fridge) == fridge
    assert copy.deepcopy(fridge) == fridge
    assert pickle.loads(pickle.dumps(fridge)) == fridge  # noqa: S301 - written a moment ago
    assert eval(repr(fridge)) == fridge  # noqa: S307 - the same


@given(st.from_type(Shelf), st.text(), st.integers())
def test_generated_values_hold_what_they_were_given(shelf: Shelf, place: str, levels: int) -> None:
    assert replace(shelf, place=place, levels=levels) == Shelf(place, levels)


def test_many_threads_may_be_the_first() -> None:
    """The writer's thread and the screen's meet at one class: both get what they asked for."""
    pace = sys.getswitchinterval()
    sys.setswitchinterval(1e-6)
    try:
        for _ in range(50):
            box, start = fresh(), threading.Barrier(4)

            def use(_: int, box: Any = box, start: threading.Barrier = start) -> object:
                start.wait()
                return box(1, depth=7)

            with ThreadPoolExecutor(4) as threads:
                assert list(threads.map(use, range(4))) == [box(1, 7)] * 4
            assert is_finished(box)
    finally:
        sys.setswitchinterval(pace)


def test_the_domain_is_made_of_records() -> None:
    """A class of the domain that ``dataclass`` made would cost every start a third of a millisecond."""
    from omsdesk.domain import cash, catalogue, sale, shop

    for module in (cash, catalogue, sale, shop):
        made = [cls for cls in vars(module).values() if isinstance(cls, type) and cls.__module__ == module.__name__]
        for cls in made:
            assert not hasattr(cls, "__slots__") or vars(cls).get("__reduce__") is records._reduce, cls


@pytest.mark.skipif(sys.version_info < (3, 13), reason="copy.replace is new in Python 3.13")
def test_copy_can_replace() -> None:
    assert copy.replace(Shelf("A"), levels=1) == Shelf("A", 1)  # type: ignore[attr-defined]  # since Python 3.13
