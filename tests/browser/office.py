"""An office over the weeks of a case: who comes in on which day, and the steps every case takes."""

from __future__ import annotations

import re
import struct
import zlib
from collections.abc import Callable
from datetime import date
from pathlib import Path

from playwright.sync_api import expect

from tests.browser.hands import Person
from tests.browser.server import LiveServer

APPLICANT = "李小明"
WANTED = "2025 年度困难群众救助资金发放情况"


class Office:
    """People come in each day anew: nobody stays signed in over night."""

    def __init__(self, server: LiveServer, enter: Callable[[str], Person], folder: Path) -> None:
        self._server = server
        self._enter = enter
        self._folder = folder
        self._present: dict[str, Person] = {}
        self.case = ""

    def day(self, day: date) -> None:
        """The next day on which something happens; the windows of the day before are closed."""
        for person in self._present.values():
            person.page.context.close()
        self._server.house.clock.set(day)
        self._present.clear()

    def at_case(self, part: str) -> Person:
        """A member of the cast, looking at the case."""
        person = self.at_desk(part)
        person.go(self.case)
        return person

    def at_desk(self, part: str) -> Person:
        """A member of the cast, signed in today."""
        if part not in self._present:
            self._present[part] = self._enter(part)
        return self._present[part]

    def picture(self, name: str) -> Path:
        """A scan: one grey pixel in a PNG file of this name."""
        path = self._folder / f"{name}.png"
        path.write_bytes(_png())
        return path

    def register_envelope(self, signed_on: str, mail_number: str) -> Person:
        """The clerk logs the envelope of a registered letter."""
        clerk = self.at_desk("clerk")
        clerk.go("/")
        clerk.follow("登记", clerk.page.get_by_role("navigation", name="主导航"))
        clerk.choose("申请渠道", "邮寄(挂号)")
        clerk.fill(
            {
                "签收日期": signed_on,
                "签收人": "收发室 赵师傅",
                "邮件号码": mail_number,
                "寄件人或者申请人": APPLICANT,
                "信封照片或者扫描件": self.picture("信封"),
            }
        )
        clerk.press("先登记信封，稍后补全")
        clerk.is_told(re.compile("已登记，受理号"))
        self.case = re.sub(r"^.*?(/cases/\d+).*$", r"\1", clerk.page.url)
        return clerk

    def complete_registration(self) -> Person:
        """The clerk copies the application form."""
        clerk = self.at_case("clerk")
        clerk.follow("补全登记")
        clerk.choose("申请人类型", "公民")
        clerk.fill(
            {
                "姓名或者名称": APPLICANT,
                "证件号码": "11010519491231002X",
                "联系电话": "13800000000",
                "联系地址": "台州市椒江区解放路 1 号",
                "邮政编码": "318000",
                "所需政府信息": WANTED,
                "获取信息的方式": "纸质",
                "获取信息的途径": "纸质邮寄",
                "申请书扫描件": self.picture("申请书"),
                "身份证明扫描件": self.picture("身份证"),
            }
        )
        clerk.press("补全登记")
        clerk.is_told("登记已补全")
        return clerk

    def accept(self) -> Person:
        """The clerk finds that the request is for this organ to answer."""
        clerk = self.at_case("clerk")
        clerk.do("初审受理")
        clerk.is_told("已受理")
        return clerk

    def record_search(self) -> Person:
        """The clerk says where was searched and what was found."""
        clerk = self.at_case("clerk")
        with clerk.act("登记检索") as form:
            clerk.fill(
                {
                    "检索范围": "档案室 2025 年救助卷宗",
                    "检索关键词": "困难群众 救助",
                    "检索的年份": "2025 年",
                    "检索人": "陈静",
                    "结果说明": "检索到《2025 年救助资金发放明细》一份。",
                },
                form,
            )
            clerk.choose("检索结果", "检索到", form)
            clerk.press("登记检索", form)
        clerk.is_told("已登记检索")
        return clerk

    def review_secrecy(self) -> Person:
        """Somebody checked that nothing is classified."""
        clerk = self.at_case("clerk")
        with clerk.act("登记保密审查") as form:
            clerk.fill({"审查人": "保密员 钱敏", "审查意见": "经审查，不涉及国家秘密。"}, form)
            clerk.choose("审查结论", "不涉密，可以公开", form)
            clerk.press("登记保密审查", form)
        clerk.is_told("已登记保密审查")
        return clerk

    def draft(self, supplied: str) -> Person:
        """The clerk chooses the outcome, says what is supplied, and sends the reply to the advisor."""
        clerk = self.at_case("clerk")
        clerk.follow("拟写答复")
        clerk.fill({"办理结果": "3.1 予以公开"})
        clerk.press("更新")
        clerk.fill({"提供的信息": supplied, "提供的方式、途径和时间": "纸质，邮寄，随本告知书一并寄出"})
        clerk.press("更新预览")
        clerk.sees(f"现向你提供：{supplied}")
        clerk.press("保存并提交审查")
        clerk.is_told("已提交审查")
        return clerk

    def review(self, verdict: str, opinion: str) -> Person:
        """The legal advisor finds the reply on the list of those that wait, and decides."""
        advisor = self.at_desk("legal_advisor")
        advisor.go("/reviews")
        advisor.page.get_by_role("row").filter(has_text=APPLICANT[0]).get_by_role("link").first.click()
        if verdict == "通过":
            for point in ("办理对象", "收到日期", "理由条款", "救济告知", "时限"):
                advisor.choose(point, "符合")
            advisor.choose("第三方", "不涉及")
        else:
            advisor.choose("退回原因", "事实不清、证据不足")
        advisor.choose("审查结论", verdict)
        advisor.fill({"审查意见": opinion})
        advisor.press("提交审查结论")
        return advisor

    def sign_off(self) -> Person:
        """The approver signs: the letter gets its number and today's date."""
        approver = self.at_desk("approver")
        approver.go("/sign-offs")
        approver.page.get_by_role("row").filter(has_text=APPLICANT[0]).get_by_role("link").first.click()
        approver.do("签发")
        approver.is_told("已签发")
        return approver

    def at_letter(self, part: str) -> Person:
        """A member of the cast, looking at the reply."""
        person = self.at_case(part)
        person.follow(re.compile("告知书"), person.page.get_by_role("region", name="办理记录"))
        return person

    def seal(self) -> Person:
        """The clerk has the letter sealed."""
        clerk = self.at_letter("clerk")
        clerk.do("用印")
        clerk.is_told("用印")
        return clerk


def due_is(person: Person, day: str) -> None:
    """The clock of the case page names this due date."""
    expect(person.page.get_by_role("region", name=re.compile("^答复期限"))).to_contain_text(day)


def _png() -> bytes:
    def chunk(kind: bytes, data: bytes) -> bytes:
        body = kind + data
        return struct.pack(">I", len(data)) + body + struct.pack(">I", zlib.crc32(body))

    header = struct.pack(">IIBBBBB", 1, 1, 8, 0, 0, 0, 0)
    pixels = zlib.compress(b"\0\x80")
    return b"\x89PNG\r\n\x1a\n" + chunk(b"IHDR", header) + chunk(b"IDAT", pixels) + chunk(b"IEND", b"")
