# Provides what the scripts need besides a JDK and Maven. Sourced; sets $cached, the folder for
# downloads.

export LC_ALL=C.UTF-8 # the scripts parse English output
cached=${TEST_CACHE:-${XDG_CACHE_HOME:-$HOME/.cache}/pipebridge}

# require COMMAND PACKAGE: installs the Debian package when the command is missing
require() {
  local apt=(env DEBIAN_FRONTEND=noninteractive
    apt-get -qq -o Acquire::Retries=3 -o DPkg::Lock::Timeout=300)
  command -v "$1" >/dev/null && return
  [ "$(id -u)" = 0 ] || apt=(sudo "${apt[@]}")
  "${apt[@]}" update >&2 || true # the lists may be new enough
  "${apt[@]}" install -y "$2" >&2 && command -v "$1" >/dev/null && return
  echo "there is no $1, and its package $2 cannot be installed" >&2
  exit 1
}

# npm_packages FOLDER: prints the folder of what FOLDER/package-lock.json locks, installed once;
# called in $(...), where a failure ends nothing by itself
npm_packages() {
  local folder fresh
  folder=$cached/npm-$(sha256sum "$1/package-lock.json" | cut -c1-16)
  if [ ! -d "$folder" ]; then
    mkdir -p "$cached" && fresh=$(mktemp -d "$cached/.fresh.XXXXXX") || exit 1
    # shellcheck disable=SC2064 # at the end of the subshell that asks there is no $fresh
    trap "rm -rf '$fresh'" EXIT
    cp "$1/package.json" "$1/package-lock.json" "$fresh" || exit 1
    (cd "$fresh" && npm ci --loglevel=error --ignore-scripts --no-audit --no-fund) >&2 || {
      echo "cannot install the packages of $1/package-lock.json" >&2
      exit 1
    }
    mv -T "$fresh" "$folder" 2>/dev/null || [ -d "$folder" ] || exit 1 # another run may have been faster
  fi
  echo "$folder/node_modules"
}
