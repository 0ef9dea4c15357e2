"""modelsearch's tests over our index. Only what a boost does to the order is ours."""

from __future__ import annotations

from django.conf import settings
from django.db import connection
from django.test import TestCase
from modelsearch.query import Boost, PlainText
from modelsearch.test.testapp.models import Book
from modelsearch.tests.test_backends import BackendTests

from search.models import CaseworkIndexEntry, PublicIndexEntry
from tests.search.shipped.books import make_library


class ShippedSuite(BackendTests, TestCase):
    backend_path = settings.BACKEND
    fixtures: list[str] = []

    @classmethod
    def setUpTestData(cls):
        make_library()
        if connection.vendor == "postgresql":
            with connection.cursor() as cursor:  # rows came with their keys
                cursor.execute(
                    "SELECT setval(pg_get_serial_sequence('searchtests_book', 'id'), 100)"
                )

    def clear_index_entries(self):
        CaseworkIndexEntry.objects.all().delete()

    def tearDown(self):
        assert not PublicIndexEntry.objects.exists()

    def test_boost(self):
        """A boost is read and changes nothing: the whole query is scored at once."""
        query = PlainText("JavaScript Definitive") | Boost(PlainText("Learning Python"), 2.0)

        found = {book.title for book in self.backend.search(query, Book)}

        assert found == {"Learning Python", "JavaScript: The Definitive Guide"}
