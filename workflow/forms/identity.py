"""Fields for what tells one party from another: credit code, ID number, phone."""

from __future__ import annotations

import re
from typing import Any

import phonenumbers
from django import forms
from django.utils.translation import gettext_lazy as _
from phonenumbers import shortnumberinfo
from stdnum.cn import ric
from stdnum.cn import uscc as credit_code
from stdnum.exceptions import InvalidFormat, InvalidLength, ValidationError

from workflow.identity import resident_number

_PHONE = re.compile(r"[0-9+()（） ,，、;；转\-—]{5,40}")
_SEVERAL = re.compile(r"[,，、;；]")
_HERE = 86  # country code
_LONGEST = 40


class CreditCodeField(forms.CharField):
    """统一社会信用代码: eighteen characters whose last one is a check digit; upper case."""

    def __init__(self, **kwargs: Any) -> None:
        super().__init__(max_length=40, **kwargs)

    def clean(self, value: Any) -> str:
        text = super().clean(value)
        if not text:
            return ""
        try:
            return str(credit_code.validate(text.upper()))
        except InvalidLength as error:
            message = _("A credit code has 18 characters; this one has %(length)d.")
            raise forms.ValidationError(
                message, code="length", params={"length": len(credit_code.compact(text))}
            ) from error
        except InvalidFormat as error:
            message = _("A credit code has digits and capital letters without I, O, S, V and Z.")
            raise forms.ValidationError(message, code="format") from error
        except ValidationError as error:
            message = _("The check digit does not fit: look for a mistyped character.")
            raise forms.ValidationError(message, code="check") from error


class IdNumberField(forms.CharField):
    """居民身份证号: eighteen characters, a day of birth that exists, a check digit (GB 11643)."""

    def __init__(self, **kwargs: Any) -> None:
        super().__init__(max_length=40, **kwargs)

    def clean(self, value: Any) -> str:
        text = super().clean(value)
        if not text:
            return ""
        try:
            return resident_number(text)
        except InvalidLength as error:
            message = _("An ID number has 18 characters; this one has %(length)d.")
            raise forms.ValidationError(
                message, code="length", params={"length": len(ric.compact(text))}
            ) from error
        except ValidationError as error:
            message = _("This is no valid ID number: compare it with the card.")
            raise forms.ValidationError(message, code="id_number") from error


class PhoneField(forms.CharField):
    """Phone numbers as people write them; one the country knows is stored the usual way.

    Service numbers such as 12315 count. With ``strict`` a number nobody can have is refused;
    without it (what somebody told us of another) it is kept as it was heard.
    """

    def __init__(self, *, strict: bool = True, **kwargs: Any) -> None:
        self.strict = strict
        super().__init__(max_length=_LONGEST, **kwargs)

    def clean(self, value: Any) -> str:
        text: str = super().clean(value)
        if not text:
            return ""
        if not _PHONE.fullmatch(text):
            message = _("A phone number has digits; write several with a comma between them.")
            raise forms.ValidationError(message, code="phone")
        numbers = [_usual(number) for number in _SEVERAL.split(text) if number.strip()]
        if self.strict and not all(numbers):
            message = _("Nobody can have this number: compare it, with the area code in front.")
            raise forms.ValidationError(message, code="phone")
        written = "、".join(numbers)
        return written if all(numbers) and len(written) <= _LONGEST else text


def _usual(number: str) -> str:
    """The number as the country writes it, its extension behind; "" when nobody can have it."""
    main, turn, extension = number.strip().partition("转")
    try:
        parsed = phonenumbers.parse(main, "CN")
    except phonenumbers.NumberParseException:
        return ""
    if shortnumberinfo.is_valid_short_number(parsed) and not turn:
        return str(parsed.national_number)
    if not phonenumbers.is_valid_number(parsed) or (turn and not extension.strip().isdecimal()):
        return ""
    abroad = parsed.country_code != _HERE
    form = phonenumbers.PhoneNumberFormat
    written = phonenumbers.format_number(parsed, form.INTERNATIONAL if abroad else form.NATIONAL)
    return f"{written}{turn}{extension.strip()}"
