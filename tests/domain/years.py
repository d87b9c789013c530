"""A year for tests, with an invented notice: nobody takes it for the State Council's."""

from __future__ import annotations

from datetime import date

from tracker.domain.notice_lines import parse_lines
from tracker.domain.year_edition import YearEdition

INVENTED_NOTICE = "国办发明电〔2026〕999号（测试数据）"
LINES_2027 = """\
元旦 1月1日—1月4日 放假；调休上班 1月9日
春节 2月5日—2月11日 放假；调休上班 1月31日、2月14日
清明节 4月3日—4月5日 放假
劳动节 5月1日—5月5日 放假；调休上班 4月25日、5月8日
端午节 6月9日 放假
中秋节 9月15日 放假
国庆节 10月1日—10月7日 放假；调休上班 9月26日、10月9日
"""
YEAR_2027 = YearEdition(2027, parse_lines(LINES_2027, 2027)[0], INVENTED_NOTICE, date(2026, 11, 20))
