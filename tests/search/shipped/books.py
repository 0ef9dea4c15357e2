"""The library that modelsearch's tests expect to find; its fixture is not in the wheel."""

from __future__ import annotations

from itertools import count

from modelsearch.test.testapp.models import (
    AgendaItem,
    Author,
    Book,
    Character,
    Meeting,
    MPAnimal,
    Novel,
    NSAnimal,
    ProgrammingGuide,
    Speaker,
    UnindexedBook,
)

BORN = {
    "George R.R. Martin": "1948-09-20",
    "J. R. R. Tolkien": "1892-01-03",
    "Isaac Asimov": "1920-01-02",
}
# key, title, published, pages, authors
THRONES = [
    (1, "A Game of Thrones", "1996-08-01", 694, ["George R.R. Martin"]),
    (2, "A Clash of Kings", "1998-01-01", 768, ["George R.R. Martin"]),
    (3, "A Storm of Swords", "2000-01-01", 973, ["George R.R. Martin"]),
]
RINGS = [
    (4, "The Fellowship of the Ring", "1954-07-29", 423, ["J. R. R. Tolkien"]),
    (5, "The Two Towers", "1954-11-11", 352, ["J. R. R. Tolkien"]),
    (6, "The Return of the King", "1955-10-20", 440, ["J. R. R. Tolkien"]),
]
HOBBIT = (7, "The Hobbit", "1937-09-21", 320, ["J. R. R. Tolkien"])
FOUNDATION = (10, "Foundation", "1951-01-01", 255, ["Isaac Asimov"])
GUIDES = [
    ("py", (11, "Learning Python", "1999-01-01", 1160, ["David Ascher", "Mark Lutz"])),
    (
        "py",
        (
            12,
            "Two Scoops of Django 1.11",
            "2017-04-26",
            556,
            ["Daniel Roy Greenfeld", "Audrey Roy Greenfeld"],
        ),
    ),
    ("js", (13, "JavaScript: The good parts", "2008-05-18", 172, ["Douglas Crockford"])),
    ("js", (14, "JavaScript: The Definitive Guide", "1998-06-11", 792, ["David Flanagan"])),
    (
        "rs",
        (
            15,
            "The Rust Programming Language",
            "2018-05-22",
            440,
            ["Steve Klabnik", "Carol Nichols"],
        ),
    ),
]
PLAIN = (16, "Programming Rust", "2017-12-01", 622, ["Jim Blandy", "Jason Orendorff"])
MEETINGS = [("Breakfast yoga", "08:00"), ("Stand-up meeting", "10:00"), ("Evening yoga", "19:30")]
ANIMALS = {"Mammal": ["Dog", "Cat"], "Reptile": []}


def make_library() -> None:
    """Make every book, person, meeting and animal the tests name."""
    for row in THRONES:
        book = _book(Novel, row, setting="Westeros")
        _characters(book, "Daenerys Targaryen", "Jon Snow")
    for row in RINGS:
        book = _book(Novel, row, setting="Middle Earth")
        frodo, *_others = _characters(book, "Frodo Baggins", "Bilbo Baggins", "Gandalf")
        _lead(book, frodo)
    hobbit = _book(Novel, HOBBIT, setting="Middle Earth")
    bilbo, *_others = _characters(hobbit, "Bilbo Baggins", "Thorin Oakenshield")
    _lead(hobbit, bilbo)
    _characters(_book(Novel, FOUNDATION, setting="Galactic Empire"), "Hari Seldon", "Salvor Hardin")
    for language, row in GUIDES:
        _book(ProgrammingGuide, row, programming_language=language)
    _book(Book, PLAIN)
    UnindexedBook.objects.create(
        title="A Game of Thrones U", publication_date="1996-08-01", number_of_pages=694
    )
    meetings = {name: Meeting.objects.create(name=name, start_time=at) for name, at in MEETINGS}
    item = AgendaItem.objects.create(meeting=meetings["Stand-up meeting"], topic="Progress")
    Speaker.objects.create(agenda_item=item, name="Doyle")
    _animals(MPAnimal)
    _animals(NSAnimal)


def _book(model, row, **fields):
    key, title, published, pages, authors = row
    book = model.objects.create(
        pk=key, title=title, publication_date=published, number_of_pages=pages, **fields
    )
    for name in authors:
        book.authors.add(Author.objects.get_or_create(name=name, date_of_birth=BORN.get(name))[0])
    return book


def _characters(novel, *names):
    # Keys of their own: a character and a book of one key hide a mix-up of models.
    return [Character.objects.create(pk=next(_keys), name=name, novel=novel) for name in names]


_keys = count(1)


def _lead(novel, character):
    novel.protagonist = character
    novel.save()


def _animals(model):
    model.add_root(name="Animal")
    for group, kinds in ANIMALS.items():
        model.objects.get(name="Animal").add_child(name=group)
        for kind in kinds:
            model.objects.get(name=group).add_child(name=kind)
