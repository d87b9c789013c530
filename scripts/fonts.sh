#!/usr/bin/env bash
# Puts the fonts that letters are set in into instance/fonts: the machine's own where it has them, else out of Debian's
# packages, without root and without installing anything. Run again, it does nothing. Fails softly: one clear message.
set -euo pipefail
cd "$(dirname "$0")/.."
instance=${TRACKER_INSTANCE:-instance}
target=$instance/fonts
mkdir -p "$target"
target=$(cd "$target" && pwd)

# package: files we need of it
declare -A wanted=(
    [texlive-lang-chinese]="FandolFang-Regular.otf FandolSong-Regular.otf FandolSong-Bold.otf FandolHei-Regular.otf FandolHei-Bold.otf FandolKai-Regular.otf"
    [fonts-lxgw-wenkai]="LXGWWenKai-Regular.ttf"
    [fonts-noto-cjk]="NotoSerifCJK-Regular.ttc NotoSerifCJK-Bold.ttc"
)
order=(texlive-lang-chinese fonts-lxgw-wenkai fonts-noto-cjk)
machine=$(command -v fc-list >/dev/null && fc-list --format '%{file}\n' || true)

missing=()
for package in "${order[@]}"; do
    for file in ${wanted[$package]}; do
        [ -s "$target/$file" ] && continue
        own=$(grep -m 1 -F "/$file" <<<"$machine" || true)
        if [ -n "$own" ]; then
            ln -sf "$own" "$target/$file"
        else
            missing+=("$package")
            break
        fi
    done
done
[ ${#missing[@]} -eq 0 ] && exit 0

complain() {
    echo "公文字体未能取得（${missing[*]}）：系统可以运行，但缺字的公文不能签发；联网后执行 make fonts。" >&2
    echo "Fonts could not be fetched (${missing[*]}): the site runs, but letters with missing characters cannot be signed" \
        "off; run make fonts when connected." >&2
    exit 1
}
for tool in apt-get dpkg-deb tar; do
    command -v "$tool" >/dev/null || complain
done

echo "取得公文字体 / fetching fonts: ${missing[*]} …"
work=$(mktemp -d "$(dirname "$target")/fonts-download.XXXXXX")
trap 'rm -rf "$work"' EXIT
# apt drops its rights to another user for downloads; it must be able to write here.
chmod 755 "$work"
options=()
use_private_lists() {
    mkdir -p "$work/lists/partial" "$work/cache/archives/partial"
    options=(-o "Dir::State::lists=$work/lists" -o "Dir::Cache=$work/cache" -o Debug::NoLocking=1 -o APT::Sandbox::User=)
    apt-get -qq "${options[@]}" update >/dev/null 2>&1
}

fetch() {
    local package=$1 folder=$work/$1 file
    mkdir -p "$folder"
    (cd "$folder" && apt-get -qq "${options[@]}" -o APT::Sandbox::User= download "$package" >/dev/null 2>&1) || return 1
    local patterns=()
    for file in ${wanted[$package]}; do
        patterns+=("*/$file")
    done
    dpkg-deb --fsys-tarfile "$folder"/*.deb |
        tar -x -C "$folder" --wildcards --no-anchored --transform 's#.*/##' "${patterns[@]}" || return 1
    for file in ${wanted[$package]}; do
        mv "$folder/$file" "$target/.$file.new" && mv "$target/.$file.new" "$target/$file" || return 1
    done
}

apt-cache show "${missing[0]}" >/dev/null 2>&1 || use_private_lists || complain
pids=()
for package in "${missing[@]}"; do
    fetch "$package" &
    pids+=($!)
done
for pid in "${pids[@]}"; do
    wait "$pid" || failed=1
done
[ -z "${failed:-}" ] || complain
