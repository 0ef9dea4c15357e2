"""Chinese surnames: the 81 compound ones, the usual single ones, and those that are also words."""

from __future__ import annotations

import re

COMPOUND = frozenset(
    re.findall(
        "..",
        "欧阳太史端木上官司马东方独孤南宫万俟闻人夏侯诸葛尉迟公羊赫连澹台皇甫宗政濮阳公冶太叔申屠"
        "公孙慕容仲孙钟离长孙宇文司徒鲜于司空闾丘子车亓官司寇巫马公西颛孙壤驷公良漆雕乐正宰父谷梁"
        "拓跋夹谷轩辕令狐段干百里呼延东郭南门羊舌微生公户公玉公仪梁丘公仲公上公门公山公坚左丘公伯"
        "西门公祖第五公乘贯丘公皙南荣东里东宫仲长子书子桑即墨达奚褚师",
    )
)

SINGLE = frozenset(
    "王李张刘陈杨黄赵吴周徐孙马朱胡郭何林高罗郑梁谢宋唐许韩邓冯曹彭曾肖田董潘袁蔡蒋余于杜叶程魏苏"
    "吕丁任卢姚"
    "沈钟姜崔谭陆范汪廖石金韦贾夏付方邹熊白孟秦邱侯江尹薛闫段雷龙黎史陶贺毛郝顾龚邵万覃武钱戴严莫"
    "孔向常汤康易"
    "乔赖文庞樊兰殷施洪翟安颜倪牛温芦季俞章鲁葛伍申尤毕聂柴焦齐庄梅柳宁骆纪岳涂甘裴祁左耿关舒詹凌"
    "盛欧娄柯卓"
    "阎符卜牟阮费车项时凤单霍成包解窦饶路符鲍蒙桂苗屈柏米查仇栾司鞠臧边卞滕习喻蓝闵麦池古党冉巫宫"
    "谷艾连荆晏瞿"
    "佟邢战冼商印双景储计晋冷花管祝桑强楼席佘粟母明苑敖隋匡刁阳宣厉应束扈房缪胥冀屠荀慕尚简练官佴褚"
)

AMBIGUOUS = frozenset(
    "于和从应安成明常曾方单时向关经通后利同以有并来全都党万管解易计强高陈许任何金文白水车路包石宁"
    "施申章温米查"
    "司连边商印双景应尚简练官母农战宣盛项符车花房平毛尤江余马周程严左古习任支由"
)
"""Surnames that also begin everyday words: after a keyword they are doubtful without a stop."""

NOT_GIVEN = frozenset(
    "是为的了在将被与及或等其该此本所未不已由对向从到以因至称说应须可能并且而则使用把给让受得经按"
    "依据之者们人"
    "，。、；：（）年月日号元"
)
"""Characters that hardly ever stand in a given name and often follow one."""


def surname_of(name: str) -> str:
    """The compound surname when the name has one and a given name after it; else one character."""
    if len(name) > 2 and name[:2] in COMPOUND:
        return name[:2]
    return name[:1]
