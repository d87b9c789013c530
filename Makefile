# Every target is one line of help: make help
SHELL := /bin/bash
.DEFAULT_GOAL := help
.PHONY: help run test lint audit attack test-dates test-long contact-sheet bench-clock bench-verify bench-sweep bench-report bench-search bench-letters bench-web bench-acts bundle fonts lock migration-initial clean

HOST ?= 127.0.0.1
PORT ?= 8000
export HOST PORT

help: ## 显示这份说明 / show this help
	@grep -hE '^[a-z-]+:.*## ' $(MAKEFILE_LIST) | sort | sed -E 's/^([a-z-]+):.*## (.*)/  make \1\t\2/' | expand -t 26

run: ## 准备环境并启动网站与作业进程 / set up and start the site and its job runner (HOST, PORT)
	@exec scripts/run.sh

test: ## 全部检查与测试（SQLite、PostgreSQL、浏览器） / every check and test on both databases
	@scripts/test.sh

lint: ## 代码风格、类型与分层 / style, types and import contracts
	@scripts/setup.sh dev
	@scripts/lint.sh

audit: ## 静态安全检查：bandit、自有 semgrep 规则、pip-audit（能连上时） / static looks for what is unsafe
	@scripts/audit.sh

attack: ## 在本机启动演示站点并逐项攻击；装有 wapiti、sqlmap 时一并运行 / attack a demonstration site on this machine
	@scripts/setup.sh dev
	@scripts/attack.sh

test-dates: ## 在三个指定日期重跑测试 / the suite again on three other days
	@scripts/setup.sh dev
	@scripts/test-dates.sh

test-long: ## 约一小时：提醒进程反复强行终止，期限与日历的变异测试 / about an hour: alerts under kill -9, mutants of the clock
	@scripts/test-long.sh

contact-sheet: ## 每种标准文书排成图片，逐页过目 / every standard document as pictures, to be looked at
	@scripts/setup.sh dev
	@.venv/bin/python -m tests.contact_sheet

bench-clock: ## 期限推算与 numpy 比较 / the clock against numpy, figures only
	@scripts/setup.sh dev
	@.venv/bin/python -m tests.bench.clock

bench-verify: ## 十万件重放用时和内存（两种数据库） / a replay of 100,000 cases on both databases, figures only
	@scripts/setup.sh dev
	@.venv/bin/python -m tests.bench.verify

bench-sweep: ## 提醒巡查用时：十万件与百万件，各有五百个到期（两种数据库） / the alert sweep on both databases, figures only
	@scripts/setup.sh dev
	@.venv/bin/python -m tests.bench.sweep

bench-report: ## 台账导入；表三：一百万件由计数读取、全部重算，与 SQL、pandas 比较；十万件台账导出（两种数据库） / a register's way in, table 3, the way out, figures only
	@scripts/setup.sh dev
	@scripts/setup.sh bench
	@.venv/bin/python -m tests.bench.report_import
	@.venv/bin/python -m tests.bench.report_tallies

bench-search: ## 一百万件的检索用时，与数据库自己的查询和 LIKE 比较（两种数据库） / a page of the search on both databases, figures only
	@scripts/setup.sh dev
	@.venv/bin/python -m tests.bench.search

bench-acts: ## 十一种常用操作各要几次点击、按几次键、打几个字（真实浏览器事件） / clicks and keys of the commonest acts, figures only
	@scripts/setup.sh dev
	@.venv/bin/python -m tests.bench.acts

bench-letters: ## 公文每秒份数（PDF、.docx，首份与连续）与 docxtpl、typst 比较；一千份成批（内存） / letters a second, figures only
	@scripts/setup.sh dev
	@scripts/setup.sh bench
	@.venv/bin/python -m tests.bench.letters

bench-web: ## 网站负载：一千、十万、一百万件，1、8、32 人（两种数据库） / pages and acts under load, figures only
	@scripts/setup.sh dev
	@.venv/bin/python -m tests.bench.web

bundle: ## 离线安装包：程序、两种架构的依赖、字体、校验和 / what a machine without network installs from
	@scripts/bundle.sh

fonts: ## 取得公文字体 / fetch the fonts letters are set in
	@scripts/setup.sh run
	@scripts/fonts.sh

lock: ## 重新锁定依赖 / compile requirements/*.txt anew (needs uv)
	@scripts/lock.sh

migration-initial: ## 按模型重写首个迁移 / write 0001 anew, only while no installation exists
	@.venv/bin/python -m scripts.regenerate_initial_migration

clean: ## 删除可再生成的文件（不动数据） / remove what can be made again, no data
	rm -rf .pytest_cache .mypy_cache .ruff_cache .import_linter_cache .hypothesis .coverage test-output
	find . -name __pycache__ -not -path './.venv/*' -prune -exec rm -rf {} +
