#!/usr/bin/env bash
# Makes what a machine without any network installs from: the program as committed, wheels of the locked dependencies for
# x86_64 and aarch64, fonts, checksums.   scripts/bundle.sh [FOLDER]   (default dist/)
# On the other machine:  tar xf tracker-….tar && cd tracker-… && ./install.sh /opt/tracker
set -euo pipefail
cd "$(dirname "$0")/.."
scripts/setup.sh run
target=${1:-dist}
version=$(git describe --always --dirty 2>/dev/null || echo unknown)
name=tracker-$version
python=${BUNDLE_PYTHON:-$(.venv/bin/python -c 'import sys; print(f"{sys.version_info.major}.{sys.version_info.minor}")')}
work=$(mktemp -d)
trap 'rm -rf "$work"' EXIT
mkdir -p "$target" "$work/$name/fonts" "$work/$name/wheels"

echo "程序 / program $version"
git archive --format=tar --prefix="$name/program/" HEAD | tar -x -C "$work"
scripts/translations.sh
cp --parents tracker/translations/*/LC_MESSAGES/*.mo "$work/$name/program/"

fetch() {  # what every platform can use, or wheels of this one; the lock's hashes are checked
    local machine=$1 tags=()
    for glibc in 17 24 26 27 28 31 34 35 36; do tags+=(--platform "manylinux_2_${glibc}_$machine"); done
    .venv/bin/python -m pip download --quiet --disable-pip-version-check --no-input --no-deps --require-hashes \
        --only-binary :all: --python-version "$python" --implementation cp "${tags[@]}" --platform "manylinux2014_$machine" \
        --dest "$work/$name/wheels" -r "$2"
}
built() {  # published as source alone: usable when its wheel, built here, fits every machine
    .venv/bin/python -m pip wheel --quiet --disable-pip-version-check --no-input --no-deps --require-hashes \
        --wheel-dir "$work/built" -r "$1" >/dev/null 2>&1 || return 1
    mv "$work"/built/*-none-any.whl "$work/$name/wheels/" 2>/dev/null
}
for machine in x86_64 aarch64; do
    echo "依赖 / wheels for $machine, Python $python"
    if ! fetch "$machine" requirements/run.txt 2>"$work/said"; then
        # One by one, so that what has no wheel for this machine is named and the rest is there.
        awk '/^[A-Za-z0-9]/ { if (n) close(file); n++; file = sprintf("'"$work"'/one-%03d.txt", n) } { print > file }' requirements/run.txt
        for one in "$work"/one-*.txt; do
            fetch "$machine" "$one" 2>/dev/null || built "$one" || head -1 "$one" | cut -d' ' -f1 >> "$work/$name/MISSING-$machine"
        done
        rm -f "$work"/one-*.txt
        [ ! -s "$work/$name/MISSING-$machine" ] || echo "没有预编译包 / no wheel for $machine: $(tr '\n' ' ' < "$work/$name/MISSING-$machine")" >&2
    fi
done

echo "字体 / fonts"
scripts/fonts.sh && cp -L "${TRACKER_INSTANCE:-instance}"/fonts/* "$work/$name/fonts/" ||
    echo "没有字体，目标机器上另行放入 instance/fonts / no fonts: put them there by hand" >&2
install -m 755 scripts/install-offline.sh "$work/$name/install.sh"
(cd "$work/$name" && find . -type f ! -name SHA256SUMS -print0 | sort -z | xargs -0 sha256sum > SHA256SUMS)
tar -C "$work" -cf "$target/$name.tar" "$name"
(cd "$target" && sha256sum "$name.tar" > "$name.tar.sha256")
echo "已生成 / made: $target/$name.tar ($(du -h "$target/$name.tar" | cut -f1), $(find "$work/$name/wheels" -type f | wc -l) wheels)"
