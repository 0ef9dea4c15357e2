from __future__ import annotations

import pytest

from publicity.exposures.redaction import Person, Registry, mask_name, redact
from publicity.exposures.redaction.surnames import COMPOUND


@pytest.mark.parametrize(
    ("name", "mask"),
    [
        ("张三", "张某"),
        ("张三丰", "张某某"),
        ("欧阳锋", "欧阳某"),
        ("欧阳娜娜", "欧阳某某"),
        ("欧阳", "欧某"),
        ("买买提·艾力", "买买提·某"),
        ("John Smith", "John某"),
        ("Zidane", "Z某"),
        ("阿强", "阿某"),
    ],
)
def test_mask_keeps_the_surname_or_first_element(name, mask):
    assert mask_name(name, {}) == mask


def test_same_name_keeps_its_mask_and_another_gets_the_next():
    taken: dict[str, str] = {}

    masks = [mask_name(name, taken) for name in ("张三", "张四", "张三", "张五")]

    assert masks == ["张某", "张某甲", "张某", "张某乙"]


def test_masks_never_run_out():
    taken: dict[str, str] = {}

    masks = [mask_name(f"张{chr(0x4E00 + index)}", taken) for index in range(40)]

    assert len(set(masks)) == 40


def test_all_names_that_would_coincide_are_numbered():
    registry = Registry(persons=(Person("张三丰"), Person("张无忌"), Person("李四")))
    text = "张无忌、张三丰与李四，张无忌"

    assert redact(text, registry=registry).text == "张某甲、张某乙与李某，张某甲"


def test_list_of_compound_surnames_is_whole():
    assert len(COMPOUND) == 81
    assert all(len(surname) == 2 for surname in COMPOUND)
