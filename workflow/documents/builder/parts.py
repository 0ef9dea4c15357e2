"""The parts every form shares: type, styles, settings, footers."""

from __future__ import annotations

from xml.sax.saxutils import escape

_HEAD = '<?xml version="1.0" encoding="UTF-8" standalone="yes"?>\n'
_W = 'xmlns:w="http://schemas.openxmlformats.org/wordprocessingml/2006/main"'
_PACKAGE = "http://schemas.openxmlformats.org/package/2006"
_OFFICE = "http://schemas.openxmlformats.org/officeDocument/2006/relationships"
_WORD = "application/vnd.openxmlformats-officedocument.wordprocessingml"

SONG, FANGSONG, HEI, KAI = "方正小标宋简体", "仿宋_GB2312", "黑体", "楷体_GB2312"
#: Where a machine does not have the type of GB/T 9704: the next best that it may have.
_INSTEAD = {
    SONG: "方正小标宋_GBK;小标宋;宋体;SimSun;Noto Serif CJK SC",
    FANGSONG: "仿宋;FangSong;STFangsong;Noto Serif CJK SC",
    HEI: "SimHei;STHeiti;Noto Sans CJK SC",
    KAI: "楷体;KaiTi;STKaiti;Noto Serif CJK SC",
    "宋体": "SimSun;Noto Serif CJK SC",
}
_INDENT = '<w:ind w:firstLineChars="200" w:firstLine="{0}"/>'


def _style(
    name: str, font: str, half_points: int, *, line: int, align: str = "both", more: str = "",
    space: tuple[int, int] = (0, 0), exact: bool = True, keep: bool = False,
) -> str:  # fmt: skip
    """One paragraph style; sizes in half points, lines and spaces in twentieths of a point."""
    rule = "exact" if exact else "atLeast"
    next_to = "<w:keepNext/>" if keep else ""
    return (
        f'<w:style w:type="paragraph" w:styleId="{name}"><w:name w:val="{name}"/><w:qFormat/>'
        f'<w:pPr>{next_to}<w:spacing w:before="{space[0]}" w:after="{space[1]}" w:line="{line}"'
        f' w:lineRule="{rule}"/>{more}<w:jc w:val="{align}"/></w:pPr><w:rPr>'
        f'<w:rFonts w:ascii="Times New Roman" w:hAnsi="Times New Roman" w:eastAsia="{font}"/>'
        f'<w:sz w:val="{half_points}"/><w:szCs w:val="{half_points}"/></w:rPr></w:style>'
    )


_STYLES = "".join(
    (
        _style("agency", SONG, 44, line=640, align="center", keep=True),
        _style("title", SONG, 44, line=640, align="center", space=(0, 240), keep=True),
        _style("number", FANGSONG, 32, line=560, align="center", space=(0, 240), keep=True),
        _style("heading", HEI, 32, line=560, more=_INDENT.format(640), keep=True),
        _style("text", FANGSONG, 32, line=560, more=_INDENT.format(640)),
        _style("flush", FANGSONG, 32, line=560, align="left"),
        _style("right", FANGSONG, 32, line=560, align="right", more='<w:ind w:right="640"/>'),
        _style("small_text", FANGSONG, 28, line=480, more=_INDENT.format(560)),
        _style("small_flush", FANGSONG, 28, line=480, align="left"),
        _style("small_right", FANGSONG, 28, line=480, align="right", more='<w:ind w:right="560"/>'),
        _style("note", KAI, 21, line=300, space=(60, 0)),
        _style("label", FANGSONG, 24, line=320, align="center", exact=False),
        _style("cell", FANGSONG, 24, line=320, align="left", exact=False),
        _style("foot", FANGSONG, 24, line=360, space=(0, 60)),
        _style("page", "宋体", 28, line=320, exact=False),
        _style("gap", FANGSONG, 8, line=120),
    )
)

_BORDERS = "".join(
    f'<w:{side} w:val="single" w:sz="6" w:space="0" w:color="000000"/>'
    for side in ("top", "left", "bottom", "right", "insideH", "insideV")
)
_TABLE_STYLE = (
    '<w:style w:type="table" w:styleId="form"><w:name w:val="form"/><w:tblPr>'
    f"<w:tblBorders>{_BORDERS}</w:tblBorders>"
    '<w:tblCellMar><w:left w:w="85" w:type="dxa"/><w:right w:w="85" w:type="dxa"/></w:tblCellMar>'
    "</w:tblPr></w:style>"
)
_DEFAULTS = (
    "<w:docDefaults><w:rPrDefault><w:rPr>"
    f'<w:rFonts w:ascii="Times New Roman" w:hAnsi="Times New Roman" w:eastAsia="{FANGSONG}"/>'
    '<w:sz w:val="32"/><w:lang w:val="en-US" w:eastAsia="zh-CN"/></w:rPr></w:rPrDefault>'
    '<w:pPrDefault><w:pPr><w:widowControl w:val="0"/><w:kinsoku/><w:overflowPunct/>'
    "</w:pPr></w:pPrDefault></w:docDefaults>"
    '<w:style w:type="paragraph" w:default="1" w:styleId="Normal"><w:name w:val="Normal"/>'
    "</w:style>"
)


def footer(names: str, line: str, *, even: bool) -> str:
    """— 1 —, outside on the page (GB/T 9704 7.5), below a line to sign where a form has one."""
    signed = ""
    if line:
        rule = '<w:pBdr><w:top w:val="single" w:sz="4" w:space="4" w:color="000000"/></w:pBdr>'
        signed = (
            f'<w:p><w:pPr><w:pStyle w:val="foot"/>{rule}</w:pPr>'
            f'<w:r><w:t xml:space="preserve">{escape(line)}</w:t></w:r></w:p>'
        )
    side, indent = ("left", "left") if even else ("right", "right")
    field = '<w:r><w:fldChar w:fldCharType="{0}"/></w:r>'
    return (
        f'<w:ftr {names}>{signed}<w:p><w:pPr><w:pStyle w:val="page"/>'
        f'<w:ind w:{indent}="280"/><w:jc w:val="{side}"/></w:pPr>'
        f'<w:r><w:t xml:space="preserve">— </w:t></w:r>{field.format("begin")}'
        '<w:r><w:instrText xml:space="preserve"> PAGE </w:instrText></w:r>'
        f"{field.format('separate')}<w:r><w:t>1</w:t></w:r>{field.format('end')}"
        '<w:r><w:t xml:space="preserve"> —</w:t></w:r></w:p></w:ftr>'
    )


def _fonts() -> str:
    return "".join(
        f'<w:font w:name="{name}"><w:altName w:val="{instead}"/><w:charset w:val="86"/></w:font>'
        for name, instead in _INSTEAD.items()
    )


def _content_types() -> str:
    parts = {"document": "document.main", "styles": "styles", "settings": "settings",
             "fontTable": "fontTable", "footer1": "footer", "footer2": "footer"}  # fmt: skip
    overrides = "".join(
        f'<Override PartName="/word/{part}.xml" ContentType="{_WORD}.{kind}+xml"/>'
        for part, kind in parts.items()
    )
    return (
        f'{_HEAD}<Types xmlns="{_PACKAGE}/content-types">'
        '<Default Extension="rels" ContentType='
        '"application/vnd.openxmlformats-package.relationships+xml"/>'
        '<Default Extension="xml" ContentType="application/xml"/>'
        f"{overrides}</Types>"
    )


def _relations(targets: dict[str, str]) -> str:
    rows = "".join(
        f'<Relationship Id="rId{n}" Type="{_OFFICE}/{kind}" Target="{target}"/>'
        for n, (target, kind) in enumerate(targets.items(), start=1)
    )
    return f'{_HEAD}<Relationships xmlns="{_PACKAGE}/relationships">{rows}</Relationships>'


PARTS = {
    "[Content_Types].xml": _content_types(),
    "_rels/.rels": _relations({"word/document.xml": "officeDocument"}),
    "word/_rels/document.xml.rels": _relations(
        {
            "styles.xml": "styles",
            "settings.xml": "settings",
            "fontTable.xml": "fontTable",
            "footer1.xml": "footer",
            "footer2.xml": "footer",
        }
    ),
    "word/styles.xml": f"{_HEAD}<w:styles {_W}>{_DEFAULTS}{_STYLES}{_TABLE_STYLE}</w:styles>",
    "word/settings.xml": (
        f"{_HEAD}<w:settings {_W}><w:evenAndOddHeaders/>"
        '<w:characterSpacingControl w:val="compressPunctuation"/>'
        '<w:themeFontLang w:val="en-US" w:eastAsia="zh-CN"/></w:settings>'
    ),
    "word/fontTable.xml": f"{_HEAD}<w:fonts {_W}>{_fonts()}</w:fonts>",
}
