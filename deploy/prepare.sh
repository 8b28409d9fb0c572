# Sourced by deploy/run and deploy/test: installs what is missing from Debian and finds Swift.
# shellcheck shell=bash

# What Swift itself needs to build on a bare Debian 12, and its Foundation at run time.
swift_needs=(binutils gcc libc6-dev libstdc++-12-dev libcurl4 libxml2 zlib1g tzdata git ca-certificates)

say() { printf '\n==> %s\n' "$*"; }

die() {
    printf '%s\n' "$*" >&2
    exit "${2:-69}"
}

# Installs Debian packages that are not there yet; asks a user without rights to have it done.
install_packages() {
    local missing=()
    local package
    for package in "$@"; do
        dpkg-query -W -f='${Status}' "$package" 2>/dev/null | grep -q '^install ok installed$' || missing+=("$package")
    done
    if [ ${#missing[@]} -eq 0 ]; then
        echo "    Debian packages: all there ($*)"
        return
    fi
    local root=()
    if [ "$(id -u)" -ne 0 ]; then
        if command -v sudo >/dev/null 2>&1 && sudo -n true 2>/dev/null; then
            root=(sudo)
        else
            cat >&2 <<TEXT
缺少 Debian 软件包,当前用户无权安装。请让管理员执行:
These Debian packages are missing and you may not install them. Ask an administrator to run:

    apt-get update && apt-get install -y ${missing[*]}

然后再运行本命令。Then run this command again.
TEXT
            exit 77
        fi
    fi
    echo "    installing: ${missing[*]}"
    "${root[@]}" apt-get update -qq
    DEBIAN_FRONTEND=noninteractive "${root[@]}" apt-get install -y -qq --no-install-recommends "${missing[@]}" >/dev/null
}

require_swift() {
    command -v swift >/dev/null 2>&1 || die "找不到 swift。请安装 Swift 6.3 并加入 PATH(https://swift.org/install)。
swift was not found. Install Swift 6.3 and put it on the PATH (https://swift.org/install)." 69
    local version
    version=$(swift --version 2>/dev/null | grep -oE 'Swift version [0-9]+\.[0-9]+' | grep -oE '[0-9]+\.[0-9]+' | head -n 1)
    case "$version" in
        6.[3-9] | 6.[1-9][0-9] | [7-9].*) echo "    Swift $version" ;;
        *) die "需要 Swift 6.3 或更新版本,找到的是 ${version:-未知}。
Swift 6.3 or newer is needed; found ${version:-an unknown version}." 69 ;;
    esac
}
