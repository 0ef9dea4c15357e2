"""Names nobody registered: what stands after 当事人, 法定代表人, 证人 and the like."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import replace

from publicity.exposures.redaction.document import Document, Span
from publicity.exposures.redaction.hits import Hit, Kind, Severity
from publicity.exposures.redaction.names import is_masked
from publicity.exposures.redaction.surnames import AMBIGUOUS, COMPOUND, NOT_GIVEN, SINGLE

REPORTER_WORDS = r"投诉举报人|举报人|投诉人|申诉人|反映人|吹哨人|线索提供人"
_WORDS = (
    r"当事人|经营者|负责人|法定代表人|法人代表|投资人|合伙人|股东|业主|店主|老板娘|老板|店长|店员|"
    r"员工|职工|厂长|经理|会计|证人|"
    r"消费者|顾客|买家|购买者|受害人|被害人|受害者|受委托人|委托代理人|委托人|代理人|律师|医生|"
    r"医师|药师|患者|病人|司机|驾驶员|"
    r"犯罪嫌疑人|嫌疑人|被告人|涉案人员|涉案人|行为人|相对人|联系人|收件人|寄件人|收货人|户主|"
    r"监护人|家属|妻子|丈夫|儿子|女儿|父亲|"
    r"母亲|配偶|执法人员|办案人员|检查人员|调查人员|民警|询问人|记录人|被询问人|见证人|邻居|村民|"
    r"居民|市民|群众|开户人|户名|持卡人|"
    r"微商|主播|销售员|业务员|学生|教师|老师|姓名|自然人|公民|个体工商户|犯罪分子|同伙|中间人|"
    r"供货人|供货商|房东|租户|男子|女子"
)
_KEYWORD = re.compile(
    rf"(?P<word>{REPORTER_WORDS}|{_WORDS})(?:姓名)?[ ]?(?:\([^()\n]{{1,14}}\))?[ ]?"
    r"(?P<link>[:=]|名?[为是叫系]|名叫|[\"“‘「])?[ ]{0,4}[\"“‘「]?"
)
_BESIDE_FACTS = re.compile(
    r"(?<![一-龥])(?P<name>[一-龥]{2,4}(?:·[一-龥]{1,8})*)"
    r"(?=[ ]?[,，、(]?[ ]?(?:[男女][,，、。)]|身份证|公民身份|居民身份证))"
)
_CHINESE = re.compile(r"[一-龥]{1,14}")
_DOTTED = re.compile(r"[一-龥]{1,8}(?:[·•・‧.][一-龥]{1,8}){1,4}")
_LATIN = re.compile(r"[A-Z][A-Za-z'\-]{1,30}(?:[ .]{1,2}[A-Z][A-Za-z'\-]{0,30}){1,3}(?![A-Za-z])")
_AND = re.compile(r"[ ]?[、和与及,][ ]?")
_FOLLOWS = frozenset(
    "在于从系为自向对将与和及因已未经到以是说处等有不被之所并使通用销购生证反述表指供陈签收负承担"
    "任的(（)）投举"
    "也就其均还把给让收住电男女共则系作称叫开进出卖"
)
_WORDS_NOT_NAMES = re.compile(
    r"于是|于\d|应当|应该|安排|安全|成立|成为|明知|明确|明显|常年|常住|曾经|曾因|曾于|单位|单独|"
    r"方面|方可|时间|时常|时任|关于|关系|经营|经过|"
    r"通过|后续|利用|同意|同时|以及|有关|有权|有限|并处|并且|来源|全部|全体|都是|万元|管理|解释|"
    r"易制|计划|强制|高度|高价|陈述|陈列|许诺|"
    r"许可|任何|金额|文件|文书|白天|白班|水平|车辆|路边|路过|包装|包括|包含|石材|施工|申请|申辩|温度|"
    r"查处|查封|查明|查看|司法|连续|连锁|边境|商品|"
    r"商店|商标|商铺|商家|双方|景区|官方|尚未|简单|简称|练习|战略|宣传|宣称|符合|项目|费用|车间|"
    r"花费|房屋|房东|房产|平台|平时|毛利|江苏|余款|马上|"
    r"周边|周期|程序|严重|严格|左右|古董|习惯|支付|由于|权利|权益|黄金|金属|王牌|和其|和销|和生|"
    r"张贴|冷藏|冷冻|沈阳|吴江|海南|方式|方法|范围|"
    r"容量|常见|温馨|贾汪|万余|钱款|甘肃|广告|广西|党员|党组|司机|雷同|石油|石家|武汉|武器|花园|"
    r"纪检|纪律|纪委|印刷|印制|祝愿|储存|易拉|熊猫|路某|"
    r"成员|成品|成本|成功|盛装|付款|毕竟|包头|田间|白酒|米面|米酒|金银|鱼类|汤类|谷物|花生|柴油|"
    r"麦片|管道|管辖|计量|计算|童装|盛夏|习酒|康复|"
    r"家中|家人|家属|名下|名单|身份|身边|本人|自己|自述|自称|具有|具备|公司|商户|姓名|营业|办理|"
    r"办公|进行|进货|购进|购买|销售|生产|未经|未按|未取|"
    r"从事|从业|从供|向其|向我|向消|向顾|向社|对其|对上|对此|对涉|在其|在未|在店|在经|的行|的违|"
    r"的经|及其|提供|开办|开设|开展"
)
_TITLE = frozenset("某女先经师医老总")
_POLITE = ("女士", "先生", "小姐", "大爷", "大妈", "阿姨", "师傅", "同志")


def named_persons(doc: Document) -> Iterator[Hit]:
    """Names after a word for a person, lists included, and names beside sex or ID number."""
    text = doc.folded.text
    for match in _KEYWORD.finditer(text):
        if match.group("word") in REPORTER_WORDS.split("|"):
            continue
        is_linked = match.group("link") in {":", "=", '"', "“", "‘", "「"}
        yield from _list_of_names(doc, match.end(), is_linked=is_linked)
    for match in _BESIDE_FACTS.finditer(text):
        span = name_at(text, match.start(), is_linked=True, limit=match.end())
        if span and span[1] == match.end("name"):
            yield _name_hit(doc, span, rule="name-beside-facts", severity=Severity.MASK)


def name_at(text: str, place: int, *, is_linked: bool, limit: int | None = None) -> Span | None:
    """The place of the name that begins here, or None; a masked name is none."""
    for pattern in (_DOTTED, _LATIN):
        match = pattern.match(text, place)
        if match and (pattern is _LATIN or _is_foreign(match.group())):
            return None if is_masked(match.group()) else match.span()
    match = _CHINESE.match(text, place, min(limit or len(text), place + 14))
    if match is None or _WORDS_NOT_NAMES.match(match.group()):
        return None
    length = _length_of_name(match.group(), is_linked=is_linked)
    name = text[place : place + length]
    if not name or is_masked(name) or name.endswith(_POLITE):
        return None
    return place, place + length


def is_doubtful(text: str, span: Span, *, is_linked: bool) -> bool:
    """Whether a name begins like an everyday word and nothing around it settles the matter."""
    first = text[span[0]]
    is_known = first in SINGLE or text[span[0] : span[0] + 2] in COMPOUND or first.isascii()
    stops = span[1] >= len(text) or not text[span[1]].isalnum()
    return not is_known or (first in AMBIGUOUS and not is_linked and not stops)


def _list_of_names(doc: Document, place: int, *, is_linked: bool) -> Iterator[Hit]:
    """The name at a place and those joined to it by 、 or 和."""
    text = doc.folded.text
    for _ in range(30):
        span = name_at(text, place, is_linked=is_linked)
        if span is None:
            return
        doubtful = is_doubtful(text, span, is_linked=is_linked)
        severity = Severity.WARN if doubtful else Severity.MASK
        yield _name_hit(doc, span, rule="name-in-context", severity=severity)
        joined = _AND.match(text, span[1])
        if joined is None:
            return
        place, is_linked = joined.end(), False


def _length_of_name(text: str, *, is_linked: bool) -> int:
    """How many characters of a run of Chinese characters are a name at its beginning."""
    surname = 2 if text[:2] in COMPOUND else 1
    if surname == 1 and text[0] not in SINGLE:
        return len(text) if is_linked and 2 <= len(text) <= 3 else 0
    if text[surname:].startswith((*_POLITE, "某")):
        return 0
    for given in (2, 1):
        length = surname + given
        if len(text) < length or any(c in NOT_GIVEN for c in text[surname:length]):
            continue
        follower = text[length : length + 1]
        if not follower or follower in _FOLLOWS or follower in _TITLE:
            return length
    return surname + 2 if is_linked and len(text) >= surname + 2 <= 4 else 0


def _is_foreign(name: str) -> bool:
    return not name.endswith(".") and len(name) >= 4


def _name_hit(doc: Document, span: Span, *, rule: str, severity: Severity) -> Hit:
    hit = doc.hit(span, kind=Kind.NAME, rule=rule, severity=severity)
    return replace(hit, subject=doc.folded.text[span[0] : span[1]])
