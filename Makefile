# The two commands of the README, and the parts of the second one.
.PHONY: demo check lint types contract test force picture

demo:
	python3 -m venv .venv && .venv/bin/pip install -q -c constraints.txt . && .venv/bin/newsdeck demo

check:
	bash .ci/run

lint:
	.venv/bin/ruff check . && .venv/bin/ruff format --check .

types:
	.venv/bin/mypy

contract:
	.venv/bin/lint-imports

test:
	.venv/bin/pytest -n auto

# Long runs with random input; one of them: .venv/bin/python -m tests.force NAME [N]
force:
	.venv/bin/python -m tests.force

picture:
	.venv/bin/python -m tests.picture
