"""元数据: one 件 described as XML in the entities and elements of DA/T 46-2009 (文书类电子文件元数据方案)."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from xml.etree.ElementTree import Element, SubElement, indent, tostring

from tracker.domain.archive_catalogue import CatalogueRow
from tracker.domain.archive_materials import MATERIAL_NAMES, Listed
from tracker.domain.archiving import RETENTION_NAMES

SCHEME = "DA/T 46-2009"
REQUIRED = (
    "聚合层次",
    "来源/立档单位名称",
    "来源/全宗号",
    "档号/归档号",
    "档号/年度",
    "档号/保管期限",
    "档号/件号",
    "内容描述/题名",
    "内容描述/责任者",
    "内容描述/日期",
    "形式特征/页数",
    "业务实体",
)
"""Elements a description must have to be taken."""


@dataclass(frozen=True, slots=True)
class BusinessAct:
    """业务实体: what was done, when, by whom."""

    name: str
    on: date
    at: str
    by: str
    seq: int


@dataclass(frozen=True, slots=True)
class ComputerFile:
    """One computer file of the 件: where it lies in the package, what it is, how large, its digest."""

    path: str
    media_type: str
    size: int
    sha256: str
    line: Listed | None


def metadata_xml(
    row: CatalogueRow,
    fonds: str,
    unit: str,
    files: Sequence[ComputerFile],
    acts: Sequence[BusinessAct],
    lines: Sequence[Listed],
) -> bytes:
    """The description as UTF-8 XML. Characters XML cannot hold are dropped."""
    root = Element("电子文件", {"元数据方案": SCHEME})
    _say(root, "聚合层次", "件")
    source = SubElement(root, "来源")
    _say(source, "立档单位名称", row.organ)
    _say(source, "全宗号", fonds)
    number = SubElement(root, "档号")
    _say(number, "归档号", row.number)
    _say(number, "年度", str(row.year))
    _say(number, "保管期限", RETENTION_NAMES[row.retention])
    _say(number, "机构或问题", unit)
    _say(number, "件号", str(row.serial))
    content = SubElement(root, "内容描述")
    for name, text in (
        ("题名", row.title),
        ("文件编号", row.document_number),
        ("责任者", row.responsible),
        ("日期", row.document_on.isoformat()),
        ("文种", "政府信息公开申请答复"),
        ("受理号", row.case_number),
    ):
        _say(content, name, text)
    form = SubElement(root, "形式特征")
    for name, text in (
        ("件内材料数", str(len(lines))),
        ("页数", str(row.pages)),
        ("纸质页数", str(row.paper_pages)),
        ("语种", "汉语"),
    ):
        _say(form, name, text)
    listed = SubElement(root, "件内材料")
    for line in lines:
        one = SubElement(listed, "材料", {"序号": str(line.place)})
        _say(one, "类别", MATERIAL_NAMES[line.material.kind])
        _say(one, "题名", line.material.title)
        _say(one, "文件编号", line.material.number)
        _say(one, "日期", line.material.on.isoformat() if line.material.on else "")
        _say(one, "页号", line.span)
        _say(one, "载体", "纸质" if line.material.paper else "电子")
    electronic = SubElement(root, "电子属性")
    for file in files:
        one = SubElement(electronic, "计算机文件", {"序号": str(file.line.place) if file.line else ""})
        _say(one, "计算机文件名", file.path)
        _say(one, "格式信息", file.media_type)
        _say(one, "计算机文件大小", str(file.size))
        _say(one, "数字摘要", file.sha256)
        _say(one, "数字摘要算法", "SHA-256")
    rights = SubElement(root, "权限管理")
    _say(rights, "控制标识", "含个人信息，限经授权的人员利用")
    _say(rights, "涉密情况", "不含国家秘密")
    for act in acts:
        one = SubElement(root, "业务实体")
        _say(one, "业务行为", act.name)
        _say(one, "行为日期", act.on.isoformat())
        _say(one, "行为时间", act.at)
        _say(one, "机构人员名称", act.by)
        _say(one, "记录序号", str(act.seq))
    indent(root, "  ")
    return b'<?xml version="1.0" encoding="UTF-8"?>\n' + tostring(root, encoding="unicode").encode() + b"\n"


def _say(parent: Element, name: str, text: str) -> None:
    if text:
        SubElement(parent, name).text = "".join(sign for sign in text if _fits(sign))


def _fits(sign: str) -> bool:
    code = ord(sign)
    return sign in "\t\n\r" or 0x20 <= code <= 0xD7FF or 0xE000 <= code <= 0xFFFD or code >= 0x10000
