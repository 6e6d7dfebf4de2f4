# Undertow is a library: its jars come with Maven, and UndertowWar runs unpacked WARs, port 0.

container_home() {
  libraries undertow "$(version_of undertow)"
}

configure_container() {
  local pair folder
  shift
  mounts=()
  for pair in "$@"; do
    folder=$base/$(context_name "${pair%%=*}")
    mkdir "$folder"
    (cd "$folder" && jar xf "${pair#*=}")
    mounts+=("${pair%%=*}=$folder")
  done
}

launch_container() {
  exec setsid "$JAVA_HOME/bin/java" -Xmx512m -XX:-UsePerfData "-Djava.io.tmpdir=$base/tmp" \
    -cp "$1/*" "$here/undertow/UndertowWar.java" "${mounts[@]}"
}

find_port() {
  port=$(sed -n 's/^listens on \([0-9]*\)$/\1/p' "$log")
}
