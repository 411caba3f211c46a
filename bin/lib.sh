# What bin/run and bin/test share. Sourced from the project's directory.

VENV=.venv
PYTHON=$VENV/bin/python
SYSTEM_PACKAGES="libpango-1.0-0 libpangoft2-1.0-0 libharfbuzz-subset0 fonts-liberation2"

say() { printf '%s\n' "$*"; }

die() {
    printf '%s\n' "$*" >&2
    exit 1
}

# need_packages NAME…: install the Debian packages that are missing, or print the line that does.
need_packages() {
    local package missing=()
    command -v dpkg-query >/dev/null || return 0
    for package in "$@"; do
        [ "$(dpkg-query -W -f='${db:Status-Status}' "$package" 2>/dev/null)" = installed ] || missing+=("$package")
    done
    [ ${#missing[@]} -eq 0 ] && return 0
    if [ "$(id -u)" -ne 0 ]; then
        die "Thiếu gói hệ thống. Chạy lệnh sau rồi chạy lại (system packages are missing, install them first):
  sudo apt-get install -y --no-install-recommends ${missing[*]}"
    fi
    say "Cài gói hệ thống: ${missing[*]}"
    if ! { apt-get update -qq &&
        DEBIAN_FRONTEND=noninteractive apt-get install -y -qq --no-install-recommends "${missing[@]}"; } \
        >"${TMPDIR:-/tmp}/danvan-apt.$$" 2>&1; then
        cat "${TMPDIR:-/tmp}/danvan-apt.$$" >&2
        rm -f "${TMPDIR:-/tmp}/danvan-apt.$$"
        die "Không cài được gói hệ thống (apt-get failed)."
    fi
    rm -f "${TMPDIR:-/tmp}/danvan-apt.$$"
}

# make_venv: a virtual environment with a Python that can run the project.
make_venv() {
    "$PYTHON" -c '' 2>/dev/null && return 0
    command -v python3 >/dev/null || die "Thiếu python3 (python3 is missing)."
    python3 -c 'import sys; sys.exit(sys.version_info < (3, 11))' ||
        die "Cần Python 3.11 trở lên, máy đang có $(python3 -V) (Python 3.11+ is needed)."
    python3 -c 'import ensurepip, venv' 2>/dev/null || need_packages python3-venv
    say "Tạo môi trường Python"
    rm -rf "$VENV"
    python3 -m venv "$VENV" || die "Không tạo được môi trường Python (python3 -m venv failed)."
}

# install_requirements FILE…: install each locked file whose content changed since it was last installed.
install_requirements() {
    local file stamp sum
    for file in "$@"; do
        stamp=$VENV/.installed-$file
        sum=$(sha256sum <"$file")
        [ "$(cat "$stamp" 2>/dev/null)" = "$sum" ] && continue
        say "Cài thư viện trong $file (lần đầu khoảng một phút)"
        "$PYTHON" -m pip install -qq --disable-pip-version-check --no-input --require-hashes -r "$file" ||
            die "Không cài được thư viện (pip failed)."
        printf '%s\n' "$sum" >"$stamp"
    done
}

# build_assets: the pages' fonts, once, their stylesheets and the editor's scripts.
build_assets() {
    local fonts=var/generated/fonts
    if [ ! -s $fonts/noto-sans.woff2 ] || [ ! -s $fonts/source-serif-4-bold.woff2 ]; then
        say "Tạo phông chữ"
        "$PYTHON" bin/build_fonts.py || die "Không tạo được phông chữ (fonts could not be built)."
    fi
    "$PYTHON" bin/build_css.py || die "Không ghép được tệp kiểu trang (stylesheets could not be built)."
    "$PYTHON" bin/build_js.py || die "Không ghép được tệp kịch bản trang (scripts could not be joined)."
}
