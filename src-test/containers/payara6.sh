# Payara Micro: one jar that unpacks itself into the temporary folder.

container_home() {
  distribution fish.payara.extras:payara-micro "$(version_of "$name")" jar
}

configure_container() {
  local pair context
  shift
  port=$(free_ports 1)
  deployments=()
  # the address of the listener can be set nowhere else; Hazelcast would listen on all interfaces
  cat >"$base/before-boot" <<'COMMANDS'
set configs.config.server-config.network-config.network-listeners.network-listener.http-listener.address=127.0.0.1
set configs.config.server-config.hazelcast-config-specific-configuration.enabled=false
COMMANDS
  for pair in "$@"; do
    context=$(context_name "${pair%%=*}")
    cp "${pair#*=}" "$base/$context.war"
    deployments+=(--deploy "$base/$context.war:${pair%%=*}")
  done
}

launch_container() {
  cd "$base"
  exec setsid "$JAVA_HOME/bin/java" -Xmx512m -XX:-UsePerfData "-Djava.io.tmpdir=$base/tmp" \
    -jar "$1"/*.jar --nocluster --nohazelcast --disablephonehome \
    --prebootcommandfile "$base/before-boot" --port "$port" "${deployments[@]}"
}

find_port() {
  [ -n "$port" ]
}
