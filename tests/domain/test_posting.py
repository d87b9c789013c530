"""交邮: envelopes and mail numbers; nothing is guessed, each fault stands at its line."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tracker.domain.errors import TrackerError
from tracker.domain.posting import MOST_LINES, Envelope, ForPost, PostLine, envelopes, read_mail_lines

FIRST, SECOND, THIRD = "EX100000001CN", "EX100000002CN", "EX100000003CN"


def letter(n: int, to: str = "张三", organ: str = "区民政局", place: str = "a") -> ForPost:
    return ForPost(n, f"椒民公开〔2026〕{n}号", "政府信息公开告知书", organ, to, place)


WAITING = envelopes([letter(1), letter(2, "李四"), letter(3)])


def messages(line: PostLine) -> str:
    return " ".join(str(fault) for fault in line.faults)


def test_letters_to_one_addressee_at_one_place_share_an_envelope() -> None:
    assert [e.letter_ids for e in WAITING] == [(1, 3), (2,)]
    others = [letter(1), letter(2, place="b"), letter(3, organ="区财政局")]
    assert [e.letter_ids for e in envelopes(others)] == [(1,), (2,), (3,)]


LETTERS = st.builds(letter, st.integers(1, 99), st.sampled_from("甲乙"), place=st.sampled_from("ab"))


@given(st.lists(LETTERS, unique_by=lambda x: x.letter_id))
def test_no_letter_is_lost_or_doubled_in_the_envelopes(letters: list[ForPost]) -> None:
    packed = [x for e in envelopes(letters) for x in e.letters]
    assert sorted(packed, key=lambda x: x.letter_id) == sorted(letters, key=lambda x: x.letter_id)
    assert all(len({(x.to, x.place) for x in e.letters}) == 1 for e in envelopes(letters))


def test_scanned_numbers_follow_the_list() -> None:
    read = read_mail_lines(f"{FIRST}\r\n\r\n{SECOND.lower()}\n", WAITING)
    assert [(x.line, [y.letter_id for y in x.letters], x.mail_number) for x in read] == [
        (1, [1, 3], FIRST),
        (3, [2], SECOND),
    ]
    assert not any(x.faults or x.doubts for x in read)


@pytest.mark.parametrize("written", ["椒民公开〔2026〕2号", "椒民公开[2026]2号", "椒民公开 (2026) 2号"])
@pytest.mark.parametrize("between", ["\t", " ", "，", ";"])
def test_a_line_may_name_its_letter(written: str, between: str) -> None:
    (line,) = read_mail_lines(f"{written}{between}{SECOND}", WAITING)
    assert ([x.letter_id for x in line.letters], line.mail_number, line.faults) == ([2], SECOND, ())


def test_one_number_for_several_letters_to_one_addressee() -> None:
    read = read_mail_lines(f"椒民公开〔2026〕1号 {FIRST}\n椒民公开〔2026〕3号 {FIRST}", WAITING)
    assert not any(x.faults for x in read)


@pytest.mark.parametrize(
    ("text", "faults"),
    [
        (f"椒民公开〔2026〕1号 {FIRST}\n椒民公开〔2026〕2号 {FIRST}", ["收件人却不同", "收件人却不同"]),
        (f"椒民公开〔2026〕1号 {FIRST}\n椒民公开〔2026〕1号 {SECOND}", ["", "与第 1 行是同一份公文"]),
        (f"椒民公开〔2026〕9号 {FIRST}", ["没有文号“椒民公开〔2026〕9号”"]),
        (f"{FIRST}\n{SECOND}\n{THIRD}", ["", "", "这一行多余"]),
        ("椒民公开〔2026〕1号", ["缺邮件号"]),
        ("椒民公开〔2026〕1号 EX999999999CN", ["已经登记在椒民公开〔2025〕7号上"]),
        ("1" * 33, ["最多 32 位"]),
    ],
)
def test_faults_are_told_at_their_line(text: str, faults: list[str]) -> None:
    read = read_mail_lines(text, WAITING, {"EX999999999CN": "椒民公开〔2025〕7号"})
    assert len(read) == len(faults)
    for line, fault in zip(read, faults, strict=True):
        assert fault in messages(line) and bool(fault) is bool(line.faults)


def test_an_odd_number_is_told_and_not_refused() -> None:
    (line,) = read_mail_lines("AB12", WAITING)
    assert not line.faults and "不像邮件号" in str(line.doubts[0])


@pytest.mark.parametrize("text", ["", " \n\t\n", "\n".join([FIRST] * (MOST_LINES + 1))])
def test_nothing_and_too_much_are_refused(text: str) -> None:
    with pytest.raises(TrackerError):
        read_mail_lines(text, WAITING)


@given(st.text(max_size=200), st.lists(st.builds(Envelope, st.just((letter(1),))), max_size=2))
def test_whatever_is_typed_is_read_or_refused_and_kept_as_typed(text: str, waiting: list[Envelope]) -> None:
    try:
        read = read_mail_lines(text, waiting)
    except TrackerError:
        return
    assert [x.text for x in read] == [x.strip() for x in text.splitlines() if x.strip()]
    assert all(x.letters or x.faults for x in read)
