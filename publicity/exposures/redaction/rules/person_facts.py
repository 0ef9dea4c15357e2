"""Birth, age, sex, ethnicity, schooling and health: what tells one person from another."""

from __future__ import annotations

import re
from collections.abc import Iterator

from publicity.exposures.redaction.document import Document
from publicity.exposures.redaction.hits import MASK, Hit, Kind, Severity

_DATE = r"(?:19|20)?\d{2}[ ]?[年\-/.][ ]?\d{1,2}(?:[ ]?[月\-/.](?:[ ]?\d{1,2}[ ]?日?)?)?"
_BORN_AFTER = re.compile(
    rf"(?P<date>(?:{_DATE}|(?:19|20)\d{{2}}年|"
    rf"[〇零一二三四五六七八九十]{{4}}年[〇零一二三四五六七八九十]{{1,3}}月(?:[〇零一二三四五六七"
    rf"八九十]{{1,3}}日)?))"
    r"[ ]?(?:出生|生人|生(?=[,，。;；)）]))"
)
_BORN_BEFORE = re.compile(
    r"(?:出生(?:年月日?|日期|时间)|出生于|出生在|生日|生于|出生)[ ]?(?:[:=]|为|是)?[ ]?"
    rf"(?P<date>{_DATE}|(?:19|20)\d{{6}}(?!\d)|(?:19|20)\d{{2}}年)"
)
_AGE = re.compile(
    r"(?<![\d.])(?P<digits>\d{1,2})[ ]?(?:周岁|岁)|"
    r"(?<![一二三四五六七八九十百])(?P<spelt>十[一二三四五六七八九]?|[一二三四五六七八九])(?:周岁|"
    r"岁)"
)
_BELOW = re.compile(r"(?:未满|不满|以上|以下)[ ]?$")
_SCHOOL = re.compile(
    r"[一-龥]{2,14}?(?:小学|中学|初中|高中|幼儿园|职高|"
    r"学校)(?:[一二三四五六七八九初高\d]{1,3}年级)?(?:[(（]?\d{1,2}[)）]?班)?(?:的)?"
    r"(?:学生|在读|就读|同学)|(?:就读于|在读于)[一-龥]{2,20}"
)
_SPELT = {character: value for value, character in enumerate("一二三四五六七八九", start=1)}
_PEOPLES = (
    "汉|蒙古|回|藏|维吾尔|苗|彝|壮|布依|朝鲜|满|侗|瑶|白|土家|哈尼|哈萨克|傣|黎|傈僳|佤|畲|高山|"
    "拉祜|水|东乡|纳西|景颇|柯尔克孜|土|达斡尔|仫佬|羌|布朗|撒拉|毛南|仡佬|锡伯|阿昌|普米|塔吉克|"
    "怒|乌孜别克|俄罗斯|鄂温克|德昂|保安|裕固|京|塔塔尔|独龙|鄂伦春|赫哲|门巴|珞巴|基诺"
)
_PEOPLE = rf"(?:{_PEOPLES})族"
_ORIGIN = re.compile(
    rf"[,，、][ ]?(?P<birth>{_DATE}[ ]?(?:出生|生))(?=[,，、。;；)）])|"
    r"[,，、][ ]?(?:性别[:：]?)?(?P<gender>[男女])(?:性)?(?=[,，、。;；)）])"
    rf"|[,，、][ ]?(?:民族[:：]?)?(?P<people>{_PEOPLE})(?=[,，、。;；)）])"
    r"|[,，、][ ]?(?P<education>(?:文盲|小学|初中|高中|中专|大专|专科|本科|大学|硕士|博士|"
    r"研究生)(?:文化程度|文化|学历|毕业|肄业))(?=[,，、。;；)）])"
)
_ETHNICITY = re.compile(
    rf"(?<![一-龥]){_PEOPLE}(?!自治|乡|镇|村|聚居|风味)|{_PEOPLE}(?=人[,，。、]|同胞|群众)"
)
_HEALTH = re.compile(
    r"(?:患有|身患|罹患|确诊(?:为|患)?|诊断为|检出|感染了?)[一-龥A-Za-z]{0,12}?(?:病|癌|瘤|炎|症|"
    r"艾滋|HIV|乙肝|梅毒|阳性)"
    r"|艾滋病(?:人|患者|感染者)|乙肝(?:患者|携带者|病毒携带)|精神(?:病人|残疾|障碍患者)|"
    r"[一二三四\d]级(?:伤残|残疾)|残疾人证|病历号|住院号|孕妇[一-龥]某"
)


def births(doc: Document) -> Iterator[Hit]:
    """Dates said to be somebody's birth."""
    for pattern in (_BORN_AFTER, _BORN_BEFORE):
        for match in pattern.finditer(doc.folded.text):
            yield doc.hit(match.span("date"), kind=Kind.BIRTH, rule="birth")


def ages(doc: Document) -> Iterator[Hit]:
    """Ages under eighteen: the article on minors needs a look (minors law 49, 103)."""
    for match in _AGE.finditer(doc.folded.text):
        digits, spelt = match.group("digits"), match.group("spelt")
        age = int(digits) if digits else _spelt_number(spelt)
        if age < 18 and not _BELOW.search(doc.before(match.start(), 4)):
            yield doc.hit(
                match.span(),
                kind=Kind.AGE,
                rule="minor-age",
                severity=Severity.WARN,
                suggestion="未成年",
            )


def schools(doc: Document) -> Iterator[Hit]:
    """A school named together with a pupil."""
    for match in _SCHOOL.finditer(doc.folded.text):
        yield doc.hit(match.span(), kind=Kind.AGE, rule="minor-school", severity=Severity.WARN)


def origins(doc: Document) -> Iterator[Hit]:
    """Sex, people and schooling as members of a list, which go; elsewhere a people only asks."""
    kinds = {
        "birth": Kind.BIRTH,
        "gender": Kind.GENDER,
        "people": Kind.ETHNICITY,
        "education": Kind.EDUCATION,
    }
    for match in _ORIGIN.finditer(doc.folded.text):
        kind = kinds[str(match.lastgroup)]
        yield doc.hit(match.span(), kind=kind, rule=f"listed-{kind}", suggestion="")
    for match in _ETHNICITY.finditer(doc.folded.text):
        yield doc.hit(match.span(), kind=Kind.ETHNICITY, rule="ethnicity", severity=Severity.WARN)


def health(doc: Document) -> Iterator[Hit]:
    """Somebody's illness or disability (PIPL article 28)."""
    for match in _HEALTH.finditer(doc.folded.text):
        yield doc.hit(
            match.span(), kind=Kind.HEALTH, rule="health", severity=Severity.WARN, suggestion=MASK
        )


def _spelt_number(text: str) -> int:
    if text.startswith("十"):
        return 10 + _SPELT.get(text[1:], 0)
    return _SPELT[text]
