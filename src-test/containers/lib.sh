# Fetches, starts and stops a container. Sourced; expects $here and $root, gives $port and $log.

cache=${PIPEBRIDGE_CACHE:-${XDG_CACHE_HOME:-$HOME/.cache}/pipebridge}/containers
work=$(mktemp -d)
pid=

fail() {
  echo "containers: $*" >&2
  if [ -n "${log:-}" ] && [ -f "$log" ]; then tail -n 40 "$log" >&2; fi
  exit 1
}

clean_up() {
  [ -z "$pid" ] || kill -KILL "$pid" 2>/dev/null || true
  rm -rf "$work"
}
trap clean_up EXIT
trap 'exit 130' INT
trap 'exit 143' TERM

# version NAME: the property NAME of the root pom
version() {
  sed -n "s:.*<$1>\(.*\)</$1>.*:\1:p" "$root/pom.xml"
}

# distribution GROUP:ARTIFACT VERSION: prints the folder of the unpacked archive, fetched once
distribution() {
  local folder=$cache/${1#*:}-$2 fresh
  if [ ! -d "$folder" ]; then
    mkdir -p "$cache"
    fresh=$(mktemp -d "$cache/.fresh.XXXXXX")
    (cd "$fresh" && ${MVN:-mvn} -B -q -ntp \
      "org.apache.maven.plugins:maven-dependency-plugin:$(version maven-dependency-plugin.version):copy" \
      "-Dartifact=$1:$2:tar.gz" "-DoutputDirectory=$fresh") >&2 || fail "cannot fetch $1:$2"
    mkdir "$fresh/unpacked"
    tar -xzf "$fresh"/*.tar.gz -C "$fresh/unpacked" --strip-components=1
    # another run may have been faster
    mv -T "$fresh/unpacked" "$folder" 2>/dev/null || [ -d "$folder" ] || fail "cannot keep $folder"
    rm -rf "$fresh"
  fi
  echo "$folder"
}

# context_name CONTEXT: how containers name the file for a context
context_name() {
  case $1 in /) echo ROOT ;; *) echo "${1#/}" ;; esac
}

# start_container NAME CONTEXT=WAR...: starts it and sets $port, $pid and $log
start_container() {
  local name=$1 home began=$SECONDS
  shift
  base=$(mktemp -d "$work/$name.XXXXXX")
  log=$base/container.log
  case $name in
    tomcat10 | tomcat11) . "$here/tomcat.sh" ;;
    jetty12) . "$here/jetty.sh" ;;
    *) fail "unknown container: $name" ;;
  esac
  home=$(container_home "$name")
  configure_container "$home" "$@"
  : >"$log"
  launch_container "$home" >"$log" 2>&1 </dev/null &
  pid=$!
  until port=$(port_in_log) && [ -n "$port" ]; do
    kill -0 "$pid" 2>/dev/null || fail "$name ended while it started"
    [ $((SECONDS - began)) -lt 90 ] || fail "$name did not start within 90 seconds"
    sleep 0.2
  done
  echo "$name ($(basename "$home")) listens on 127.0.0.1:$port"
}

# stop_container: asks it to stop, as an operator would, and waits until it has
stop_container() {
  local began=$SECONDS
  kill -TERM "$pid"
  while kill -0 "$pid" 2>/dev/null; do
    [ $((SECONDS - began)) -lt 60 ] || fail "the container did not stop within 60 seconds"
    sleep 0.1
  done
  pid=
}

# check_log: a container that stopped must not complain about threads or classes left behind
check_log() {
  if grep -E 'appears to have started a thread|memory leak|ThreadLocal of type' "$log" >&2; then
    fail "something was left behind"
  fi
}
