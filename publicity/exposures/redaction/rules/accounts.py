"""Payment cards, bank and chat accounts, orders and parcels."""

from __future__ import annotations

import re
from collections.abc import Iterator

from publicity.exposures.redaction.codes import is_card, is_credit_code, is_surely_credit_code
from publicity.exposures.redaction.document import Document
from publicity.exposures.redaction.hits import Hit, Kind, Severity
from publicity.exposures.redaction.runs import numbers

_IS = (
    r"(?:号码|账号|帐号|编号|号|ID|id)?[ ]{0,2}(?:\([^()\n]{0,12}\))?[ ]{0,2}(?:[:=]|为|是|"
    r"尾号)?[ ]{0,2}"
)
_ACCOUNT = re.compile(
    r"(?:账号|帐号|账户|帐户|户头|卡号|银行卡|信用卡|储蓄卡|存折|开户行[^\d\n。；;]{0,24})"
    rf"{_IS}(?P<number>[A-Za-z]{{0,4}}\d(?:[ \-]?[0-9A-Za-z]){{5,33}})(?![0-9A-Za-z]|[ ]?[元万])"
)
_PAYMENT = re.compile(
    r"(?:支付宝|微信支付|财付通|云闪付|PayPal|收款码)" + _IS + r"(?P<number>[\w.@+\-]{5,60})",
    re.IGNORECASE | re.ASCII,
)
_ORDER = re.compile(
    r"(?:订单|快递单|运单|物流单|交易单|支付单|商户单|流水单|快递|运单|交易流水|流水|取件|"
    r"单)(?:编号|号码|号)"
    r"[ ]?(?:\([^()\n]{0,12}\))?[ ]?(?:[:=]|为|"
    r"是)?[ ]{0,2}(?P<number>[A-Za-z]{0,4}\d[0-9A-Za-z\-]{4,40})"
)
_PARCEL = re.compile(
    r"(?<![0-9A-Za-z])(?:SF\d{12,15}|YT\d{13,16}|JT\d{13}|JD[A-Z]{0,2}\d{11,15}|DPK\d{12}|"
    r"E[A-Z]\d{9}CN)"
    r"(?![0-9A-Za-z])"
)
_SOCIAL_WORD = (
    r"(?:微信|WeChat|Wei ?xin|V信|VX|薇信|威信|QQ群|QQ|抖音|快手|小红书|微博|陌陌|钉钉|淘宝|旺旺|"
    r"闲鱼|哔哩哔哩|B站|"
    r"视频号|拼多多|Telegram|WhatsApp|Skype|Line|Facebook|Twitter|Instagram)"
)
_SOCIAL = re.compile(
    rf"(?<![A-Za-z]){_SOCIAL_WORD}{_IS}[\"“「『@]?"
    r"(?P<number>[A-Za-z0-9][A-Za-z0-9_.\-]{3,40})(?![ ]?[元年月个条笔次人%万])",
    re.IGNORECASE,
)
_NICKNAME = re.compile(
    rf"(?:{_SOCIAL_WORD}[^\n。；;，,]{{0,6}}?(?:昵称|网名|名称|用户名|名|号)|网名|昵称)"
    r"[ ]?(?:[:=]|为|是|叫)?[ ]?[\"“‘「『](?P<number>[^\"”’」』\n]{1,30})[\"”’」』]",
    re.IGNORECASE,
)


def cards(doc: Document) -> Iterator[Hit]:
    """Card numbers by their check digit, in one piece or in groups of at least three digits."""
    for number in numbers(doc.folded.text, shortest=16, longest=19):
        if is_surely_credit_code(number.digits):
            continue
        if is_card(number.digits) and min(number.groups[:-1], default=4) >= 3:
            yield doc.hit((number.start, number.end), kind=Kind.BANK, rule="bank-card")


def labelled_accounts(doc: Document) -> Iterator[Hit]:
    """Whatever follows a word for account or card: entities' accounts have no check digit."""
    for pattern, rule in ((_ACCOUNT, "bank-labelled"), (_PAYMENT, "payment-labelled")):
        for match in pattern.finditer(doc.folded.text):
            number = match.group("number")
            if re.search(r"\d|@", number) and not is_credit_code(number):
                yield doc.hit(match.span("number"), kind=Kind.BANK, rule=rule)


def orders(doc: Document) -> Iterator[Hit]:
    """Order, payment and tracking numbers by their label, parcels also by the carrier's shape."""
    for match in _ORDER.finditer(doc.folded.text):
        yield doc.hit(match.span("number"), kind=Kind.ORDER, rule="order-labelled")
    for match in _PARCEL.finditer(doc.folded.text):
        yield doc.hit(match.span(), kind=Kind.ORDER, rule="parcel")


def social_accounts(doc: Document) -> Iterator[Hit]:
    """Chat and video accounts after the platform's name; quoted nicknames as a question."""
    for match in _SOCIAL.finditer(doc.folded.text):
        yield doc.hit(match.span("number"), kind=Kind.SOCIAL, rule="social-labelled")
    for match in _NICKNAME.finditer(doc.folded.text):
        yield doc.hit(
            match.span("number"), kind=Kind.SOCIAL, rule="nickname", severity=Severity.WARN
        )
