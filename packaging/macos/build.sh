#!/bin/bash
# Builds, signs and notarises “Desktop RAG.app”, and lays it into a disk image in dist/.
#
# UNTESTED: written without a Mac. Needs Python 3.11, 3.12 or 3.13 and Xcode's command line tools.
#
#     packaging/macos/build.sh [cpu|gpu]
#
#     PYTHON            what starts Python (default: python3)
#     IDENTITY          “Developer ID Application: …”; without it the signature is ad hoc, and the
#                       app runs on this Mac alone
#     NOTARY_PROFILE    the name under which “xcrun notarytool store-credentials” keeps a login;
#                       without it nothing is sent to Apple, and another Mac warns
set -euo pipefail

edition=${1:-cpu}
cd "$(dirname "$0")/../.."
here=packaging/macos
entitlements=$here/entitlements.plist
python=.venv/bin/python
app="dist/$edition/Desktop RAG.app"
identity=${IDENTITY:--}

build() {
    [ -x "$python" ] || "${PYTHON:-python3}" -m venv .venv
    "$python" -m pip install --quiet --constraint constraints.txt --editable ".[package]"
    "$python" -m desktop_rag models fetch --to resources/models --yes
    "$python" packaging/icons.py
    "$python" packaging/build.py "$edition"
    version=$("$python" -c "import tomllib; print(tomllib.load(open('pyproject.toml', 'rb'))['project']['version'])")
    local information="$app/Contents/Info.plist"
    /usr/libexec/PlistBuddy -c "Merge $here/Info.plist" "$information"
    /usr/libexec/PlistBuddy -c "Set :CFBundleShortVersionString $version" "$information"
    cp "$here/desktop-rag.icns" "$app/Contents/Resources/"
    /usr/libexec/PlistBuddy -c "Set :CFBundleIconFile desktop-rag.icns" "$information"
}

# With an identity: the hardened runtime, and a time that Apple vouches for. Ad hoc, libraries have
# no signer in common, and the hardened runtime would not load them.
sign() {
    if [ "$identity" = "-" ]; then
        codesign --force --sign - "$@"
    else
        codesign --force --timestamp --options runtime --sign "$identity" "$@"
    fi
}

# Inside out: a signature holds the signatures of what lies within. Everything but the program
# itself is signed without entitlements, as they belong to the process and not to a library.
sign_all() {
    local file
    find "$app/Contents" -type f -print0 | while IFS= read -r -d '' file; do
        case $(file -b "$file") in
            Mach-O*) [ "$file" = "$app/Contents/MacOS/desktop-rag" ] || sign "$file" ;;
        esac
    done
    find "$app/Contents" -depth -type d -name '*.framework' -print0 |
        while IFS= read -r -d '' file; do sign "$file"; done
    sign --entitlements "$entitlements" "$app/Contents/MacOS/desktop-rag"
    sign --entitlements "$entitlements" "$app"
    codesign --verify --deep --strict --verbose=2 "$app"
    if codesign --display --entitlements - --xml "$app" 2>/dev/null | grep -q com.apple.security.network; then
        echo "The signed program may use the network: $entitlements must not allow it." >&2
        exit 1
    fi
}

# Sends a file to Apple and waits for the answer; staples the answer to what is named second.
notarise() {
    [ -n "${NOTARY_PROFILE:-}" ] && [ "$identity" != "-" ] || return 0
    xcrun notarytool submit "$1" --keychain-profile "$NOTARY_PROFILE" --wait
    xcrun stapler staple "$2"
}

make_image() {
    local suffix=""
    [ "$edition" = gpu ] && suffix=-gpu
    image="dist/desktop-rag$suffix-$version-macos-$(uname -m).dmg"
    stage=$(mktemp -d)
    trap 'rm -rf "$stage"' EXIT
    ditto "$app" "$stage/Desktop RAG.app"
    ln -s /Applications "$stage/Applications"
    rm -f "$image"
    hdiutil create -quiet -volname "Desktop RAG" -srcfolder "$stage" -format UDZO "$image"
    [ "$identity" = "-" ] || codesign --timestamp --sign "$identity" "$image"
}

build
sign_all
archive=$(mktemp -d)/app.zip
ditto -c -k --keepParent "$app" "$archive"
notarise "$archive" "$app"
make_image
notarise "$image" "$image"
echo "$image"
