"""What a plugin from outside stores is as silent in public as what the core stores."""

from __future__ import annotations

from tests.publicity.exposures.conftest import news
from tests.publicity.exposures.planting import private_texts
from tests.publicity.exposures.test_canary import test_no_text_of_any_model_comes_out

__all__ = ["news", "test_no_text_of_any_model_comes_out"]


def test_texts_of_the_plugin_are_planted():
    assert {"lab_test.Sample.lab", "lab_test.Sample.result"} <= private_texts()
