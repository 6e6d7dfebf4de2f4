# Fetches, starts and stops a container. Sourced; expects $here and $root, gives $port, $pid, $base
# and $log. A container is a file NAME.sh that defines
#   container_home              prints the folder of the unpacked archive, fetched once
#   configure_container HOME CONTEXT=WAR...   fills $base
#   launch_container HOME       becomes the container's process
#   find_port                   sets $port when it is known where the container listens
#   deployed_in_log             what the log says of each application that was deployed
# and heeds hot_deploy, jsp and shared (jars for all applications), which only some do,
# and perhaps java_versions ("17 24": the lowest and the highest that will do) and
# deploy_container HOME CONTEXT=WAR..., for what must wait until it runs.

. "$root/src-test/tools.sh"
cache=$cached/containers
work=$(mktemp -d)
pid=
task=
start_limit=${START_LIMIT:-180}
stop_limit=${STOP_LIMIT:-60}
hot_deploy=false
jsp=false
shared=()

fail() {
  echo "containers: $*" >&2
  if [ -n "${log:-}" ] && [ -f "$log" ]; then tail -n 40 "$log" >&2; fi
  exit 1
}

# clean_up: ends whatever was started, also what a signal left without a name
clean_up() {
  local status=$? job
  trap '' HUP INT TERM # a second one would stop this
  for job in $(jobs -p) $pid; do
    if [ "$job" = "$task" ]; then
      kill -TERM "$job" 2>/dev/null || true
    else
      # a container leads a process group of its own, or is about to
      kill -KILL "$job" 2>/dev/null || true
      kill -KILL -- "-$job" 2>/dev/null || true
    fi
    wait "$job" 2>/dev/null || true
    until_gone "$job" 10 || status=1
  done
  rm -rf "$work" || status=1
  exit $status
}
trap clean_up EXIT
trap 'exit 129' HUP
trap 'exit 130' INT
trap 'exit 143' TERM

# until_gone GROUP SECONDS: waits for the last process of a group
until_gone() {
  local began=$SECONDS
  while kill -0 -- "-$1" 2>/dev/null; do
    [ $((SECONDS - began)) -lt "$2" ] || return 1
    sleep 0.1
  done
}

# attend COMMAND...: runs it so that a signal to this script ends both at once
attend() {
  local status=0
  "$@" &
  task=$!
  wait "$task" || status=$?
  task=
  return $status
}

# version NAME: the property NAME of the root pom
version() {
  sed -n "s:.*<$1>\(.*\)</$1>.*:\1:p" "$root/pom.xml"
}

# version_of NAME: the version of that container
version_of() {
  case $1 in
    undertow) version undertow.version ;;
    *) version "${1%-ee*}.distribution.version" ;;
  esac
}

# maven ARGUMENTS...: quietly, with the options of the JVM that the project has
maven() {
  MAVEN_OPTS="${MAVEN_OPTS:-} $(paste -sd ' ' "$root/.mvn/jvm.config")" ${MVN:-mvn} -B -q -ntp -Dstyle.color=never "$@" >&2
}

# plugin NAME: group, artifact and version of one of Maven's own plugins
plugin() {
  echo "org.apache.maven.plugins:$1:$(version "$1.version")"
}

# distribution GROUP:ARTIFACT VERSION TYPE: prints the folder of the unpacked archive, fetched once
distribution() {
  local folder=$cache/${1#*:}-$2 fresh
  if [ ! -d "$folder" ]; then
    mkdir -p "$cache"
    fresh=$(mktemp -d "$cache/.fresh.XXXXXX")
    # shellcheck disable=SC2064 # at the end of the subshell that asks there is no $fresh
    trap "rm -rf '$fresh'" EXIT
    (cd "$fresh" && maven "$(plugin maven-dependency-plugin):copy" \
      "-Dartifact=$1:$2:$3" "-DoutputDirectory=$fresh") || fail "cannot fetch $1:$2"
    unpack "$fresh" "$3"
    keep "$fresh" "$folder"
  fi
  echo "$folder"
}

# libraries NAME VERSION: prints a folder of the jars that NAME/pom.xml depends on, fetched once
libraries() {
  local folder=$cache/$1-$2 fresh
  if [ ! -d "$folder" ]; then
    mkdir -p "$cache"
    fresh=$(mktemp -d "$cache/.fresh.XXXXXX")
    # shellcheck disable=SC2064 # at the end of the subshell that asks there is no $fresh
    trap "rm -rf '$fresh'" EXIT
    maven -f "$here/$1/pom.xml" "$(plugin maven-dependency-plugin):copy-dependencies" \
      "-DoutputDirectory=$fresh/unpacked" || fail "cannot fetch the libraries of $1"
    keep "$fresh" "$folder"
  fi
  echo "$folder"
}

# http2_client: prints the folder of the jars that the kit speaks HTTP/2 with
http2_client() {
  libraries http2 "$(version jetty.version)"
}

# unpack FOLDER TYPE: the archive in the folder, without its top folder, into FOLDER/unpacked
unpack() {
  mkdir "$1/unpacked"
  case $2 in
    tar.gz) tar -xzf "$1"/*.tar.gz -C "$1/unpacked" --strip-components=1 ;;
    zip)
      mkdir "$1/zip"
      (cd "$1/zip" && jar xf "$1"/*.zip)
      mv "$1/zip"/*/* "$1/unpacked"
      find "$1/unpacked" -path '*/bin/*' -type f ! -name '*.bat' -exec chmod +x {} + # jar forgets it
      ;;
    jar) mv "$1"/*.jar "$1/unpacked" ;;
  esac
}

# keep FRESH FOLDER: FRESH/unpacked as the folder; another run may have been faster
keep() {
  mv -T "$1/unpacked" "$2" 2>/dev/null || [ -d "$2" ] || fail "cannot keep $2"
  rm -rf "$1"
}

# jdk LOWEST HIGHEST: the home of a JDK of these versions; the one in use if it will do
jdk() {
  local used home
  used=$(dirname "$(dirname "$(readlink -f "$(command -v java)")")")
  for home in "${JAVA_HOME:-$used}" "${JAVA17_HOME:-}" "${JAVA25_HOME:-}" "$used" /usr/lib/jvm/*; do
    if [ -x "$home/bin/java" ] && fits "$home" "$1" "$2"; then
      echo "$home"
      return
    fi
  done
  return 1
}

# fits HOME LOWEST HIGHEST: whether that JDK is of these versions
fits() {
  local feature
  feature=$(sed -n 's/^JAVA_VERSION="\([0-9]*\).*/\1/p' "$1/release" 2>/dev/null)
  [ -n "$feature" ] && [ "$feature" -ge "$2" ] && [ "$feature" -le "$3" ]
}

# free_ports COUNT: ports in a row that nobody listens on, below those the system hands out itself
free_ports() {
  local first offset
  while :; do
    first=$((20000 + RANDOM % 12000))
    for ((offset = 0; offset < $1; offset++)); do
      ! listens $((first + offset)) || continue 2
    done
    echo "$first"
    return
  done
}

# listens PORT: whether somebody does on loopback
listens() {
  (exec 3<>"/dev/tcp/127.0.0.1/$1") 2>/dev/null
}

# context_name CONTEXT: how containers name the file for a context
context_name() {
  case $1 in /) echo ROOT ;; *) echo "${1#/}" ;; esac
}

# script_of NAME: the file that knows this container
script_of() {
  case $1 in
    tomcat10 | tomcat11) echo tomcat ;;
    jetty120 | jetty121 | jetty121-ee11) echo jetty ;;
    glassfish7 | glassfish8) echo glassfish ;;
    undertow | wildfly | liberty | payara6 | stubborn) echo "$1" ;;
    *) fail "unknown container: $1" ;;
  esac
}

# start_container NAME CONTEXT=WAR...: starts it and waits until each context answers
start_container() {
  local home began=$SECONDS pair versions
  name=$1
  shift
  base=$(mktemp -d "$work/$name.XXXXXX")
  log=$base/container.log
  mkdir "$base/tmp"
  port=
  java_versions="17 99"
  deploy_container() { :; }
  . "$here/$(script_of "$name").sh"
  read -r -a versions <<<"$java_versions"
  JAVA_HOME=$(jdk "${versions[@]}") ||
    fail "$name needs a JDK ${versions[0]} to ${versions[1]}: set JAVA_HOME, JAVA17_HOME or JAVA25_HOME"
  export JAVA_HOME
  home=$(container_home)
  configure_container "$home" "$@"
  : >>"$log"
  launch_container "$home" >>"$log" 2>&1 </dev/null &
  pid=$!
  until find_port && [ -n "$port" ] && listens "$port"; do
    wait_for_start "$began"
  done
  deploy_container "$home" "$@"
  for pair in "$@"; do
    until answers "${pair%%=*}"; do
      wait_for_start "$began"
    done
  done
  echo "$name ($(basename "$home"), $(basename "$JAVA_HOME")) on 127.0.0.1:$port in $((SECONDS - began)) s"
}

wait_for_start() {
  kill -0 "$pid" 2>/dev/null || fail "$name ended while it started"
  [ $((SECONDS - $1)) -lt "$start_limit" ] || fail "$name did not start within $start_limit seconds"
  sleep 0.2
}

# answers CONTEXT: whether the application there does; the kit knows what the header asks
answers() {
  curl -fs -m 5 -o /dev/null -H 'X-Scenario: ping' "http://127.0.0.1:$port${1%/}/"
}

# stop_container: asks it to stop, as an operator would, and sees to it that nothing is left
stop_container() {
  kill -TERM -- "-$pid" # all of it: GlassFish's launcher does not take its server along
  until_gone "$pid" "$stop_limit" || fail "$name did not stop within $stop_limit seconds"
  pid=
  ! listens "$port" || fail "$name stopped, but somebody listens on its port"
}

# check_log: a container that stopped must not complain about threads or classes left behind
check_log() {
  if grep -E 'appears to have started a thread|memory leak|ThreadLocal of type' "$log" >&2; then
    fail "something was left behind"
  fi
}
